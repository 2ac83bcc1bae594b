import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwnApplicationView } from '#areas/elv/citizen-application/model/citizen.views.ts';
import { consents } from '#areas/elv/citizen-application/model/consents.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { askOperation, likely } from '#testkit/ask-operation.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { aCitizen, aDraft } from '#testkit/things-of-others.ts';
import { upload } from '#testkit/upload.ts';

/** What every operation of the citizens' door must withstand, generated from the contract like every-operation. Source: tender R62, T5.4. */
let served: ServedProduct;
let operations: readonly Operation[];
beforeAll(async () => {
  served = await aServedProduct();
  operations = served.product.areas.flatMap((area) => area.plan.operations);
});
afterAll(() => served.close());

const shutTo = (door: string | undefined) =>
  operations.filter((one) => one.permission !== 'public' && one.door === door);
const closed = () => shutTo(undefined);
const citizens = () => shutTo('citizen');

test('R62: a citizens’ operation is closed to nobody, to a made-up or overlong token, and to every account; a citizen’s token opens nothing of the house', async () => {
  const account = await served.signIn('clerk1');
  const citizen = await aCitizen(served, 'citizen-1');
  const shut = [
    '',
    'hs_citizen=made-up',
    `hs_citizen=${'x'.repeat(5_000)}`,
    account,
    account.replace('session', 'citizen'),
  ];
  expect(citizens().length).toBeGreaterThan(10);
  for (const operation of citizens()) {
    for (const cookie of shut) {
      const { status } = await askOperation(served, operation, cookie, likely);
      expect([operation.id, cookie.slice(0, 20), status]).toEqual([operation.id, cookie.slice(0, 20), 401]);
    }
  }
  for (const operation of closed()) {
    for (const cookie of [citizen, citizen.replace('citizen=', 'session=')]) {
      const { status } = await askOperation(served, operation, cookie, likely);
      expect([operation.id, status]).toEqual([operation.id, 401]);
    }
  }
}, 120_000);

test('R44, R62: what belongs to another citizen is answered like what does not exist, by every operation with an id', async () => {
  const { id, cookie: owner } = await aDraft(served, 'citizen-2');
  const stranger = await aCitizen(served, 'citizen-3');
  const [text] = consents.filter(({ id: one }) => one === 'personal-information');
  const agree = citizens().find(({ id: one }) => one === 'elv.citizen.agree');
  if (!text || !agree) throw new Error('nothing is agreed to before papers are photographed');
  const agreed = await askOperation(served, agree, owner, { id, consent: text.id, version: text.version });
  expect(agreed.status).toBe(200);
  const place = `/api/elv/citizen/applications/${id}/photos/licence-main?key=${randomUUID()}`;
  const { body } = await upload(served.server, owner, place, aJpeg());
  const photoId = (body as OwnApplicationView).materials.flatMap(({ photos }) => photos)[0]?.id;
  for (const operation of citizens().filter(({ path }) => path.includes('{id}'))) {
    const { status, code } = await askOperation(served, operation, stranger, { ...likely, id, photoId });
    expect([operation.id, status, code]).toEqual([operation.id, 404, 'NOT_FOUND']);
  }
});
