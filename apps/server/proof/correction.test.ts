import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fill } from '#apps/server/demo/walk.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { type ActingCase, type CaseFactory, caseFactory } from '#testkit/case-factory.ts';
import { factsOfCase } from '#testkit/case-witness.ts';
import { aProduct, type TestProduct } from '#testkit/product.ts';

// Real: PostgreSQL, engine, web server, relay, wires and simulators over HTTP. Made up: the clock.

// Whole walks on a busy machine; nothing here is measured.
vi.setConfig({ testTimeout: 120_000 });

let it: TestProduct;
let cases: CaseFactory;
beforeAll(async () => {
  it = await aProduct();
  cases = caseFactory(it, 3_000);
});
afterAll(() => it.close());

const stateOf = async ({ id }: ActingCase): Promise<string> => (await factsOfCase(it.database.db, id)).state;

const correct = async ({ id, walker }: ActingCase, values: AnyDraft): Promise<void> => {
  const section: SectionId = 'papers';
  const { sections } = await it.hands.view(walker.cast.clerk, id);
  const before = sections.find((one) => one.id === section)?.values ?? {};
  await it.hands.save(walker.cast.clerk, id, section, before, { ...before, ...values });
  await it.settle();
};

/** Mixed oil in place of petrol: the police's file differs, a person lets it pass, and the national system has no such code. */
const refusedForItsFuel = async (): Promise<ActingCase> => {
  const acting = await cases.at('intake');
  await fill(acting.walker, acting.id, ['papers', 'owner', 'agent']);
  await correct(acting, { fuelTypeCode: 'D' });
  await cases.take(acting, 'submit');
  await cases.onTo(acting, 'reportRefused');
  return acting;
};

test('R05, R57: a code the national system does not know is corrected by the yard, looked at by the commission, and reported again', async () => {
  const acting = await refusedForItsFuel();
  const { id, walker } = acting;
  await cases.take(acting, 'returnPapers');
  expect(await stateOf(acting)).toBe('correcting');

  await correct(acting, { fuelTypeCode: 'A' });
  await cases.take(acting, 'submitCorrection');
  const { timeline, comparison } = await it.hands.view(walker.cast.commission, id);
  expect(timeline.find(({ action }) => action === 'submitCorrection')?.changes).toEqual([
    { title: '燃料种类', before: '混合油', after: '汽油' },
  ]);
  expect(comparison?.rows.filter(({ verdict }) => verdict === 'different')).toEqual([]);
  await expect(cases.take(acting, 'passCorrection', walker.cast.clerk)).rejects.toMatchObject({
    code: 'NOT_PERMITTED',
  });

  await cases.take(acting, 'passCorrection');
  await it.settle();
  expect(await stateOf(acting)).toBe('certified');
});

test('R05: another vehicle cannot be made of one that is dismantled', async () => {
  const acting = await refusedForItsFuel();
  await cases.take(acting, 'returnPapers');
  const other = cases.walker().vehicle.papers.vin;
  await correct(acting, { fuelTypeCode: 'A', vin: other });
  await expect(cases.take(acting, 'submitCorrection')).rejects.toMatchObject({
    code: 'REFUSED',
    problems: [
      {
        path: 'papers.vin',
        message: `车辆已拆解，这里不能更正车架号，请改回 ${acting.walker.vehicle.papers.vin}；车架号确系登记错误的，请办理“申请更正车辆身份”`,
      },
    ],
  });
  expect(await stateOf(acting)).toBe('correcting');
});

test('R05: what was not corrected well goes back to the yard with a reason', async () => {
  const acting = await refusedForItsFuel();
  await cases.take(acting, 'returnPapers');
  await cases.take(acting, 'submitCorrection');
  await cases.take(acting, 'returnCorrection');
  const view = await it.hands.view(acting.walker.cast.clerk, acting.id);
  expect(view).toMatchObject({ state: 'correcting', returnReason: '现场核对后写明的原因' });
});
