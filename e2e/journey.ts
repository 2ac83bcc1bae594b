import { type Browser, expect, type Page } from '@playwright/test';
import { fillingOf } from '#apps/server/demo/filling.ts';
import { listedVehicles } from '#apps/simulators/register/register.ts';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { sections } from '#areas/elv/vehicle-case/model/vehicle-case.fields.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import { readPdf } from '#testkit/read-pdf.ts';
import { fillIn, photographAll, sectionOf, stateIs, takeStep } from './case-page.ts';
import { deskOf } from './desk.ts';
import { endDialog, openDialog } from './dialog.ts';

/** One case on its way through the desk: whose hands it passes, and the vehicle before them. */
export interface Journey {
  readonly vehicle: SimulatedVehicle;
  readonly registered: boolean;
  readonly clerk: Page;
  readonly address: string;
  /** Opens the case before another person, in a browser of their own. */
  readonly as: (userName: string) => Promise<Page>;
}

/** The listed simulated vehicle of that plate. */
export const vehicleOf = (plateNo: string): SimulatedVehicle => {
  const vehicle = listedVehicles.find(({ papers }) => papers.plateNo === plateNo);
  if (!vehicle) throw new Error(`no simulated vehicle ${plateNo}`);
  return vehicle;
};

/** Opens a new case from the clerk's work and leaves them on its page. */
export const openNew = async (clerk: Page, registered = true): Promise<void> => {
  await clerk.getByRole('button', { name: /新建受理/ }).click();
  await clerk.getByText(registered ? '车管登记车辆' : '非车管车辆', { exact: true }).click();
  await clerk.waitForURL('**/vehicle-cases/*');
  await expect(sectionOf(clerk, 'papers')).toBeVisible();
};

/** Signs a clerk in and opens a new case for the vehicle. */
export const setOut = async (
  browser: Browser,
  vehicle: SimulatedVehicle,
  { registered = true, clerkName = 'clerk1' } = {},
): Promise<Journey> => {
  const clerk = await deskOf(browser, clerkName);
  await openNew(clerk, registered);
  const address = clerk.url();
  const others = new Map<string, Page>();
  return {
    vehicle,
    registered,
    clerk,
    address,
    as: async (userName) => {
      const known = others.get(userName);
      const page = known ?? (await deskOf(browser, userName, address));
      others.set(userName, page);
      if (known) await known.goto(address);
      return page;
    },
  };
};

/** The demo's filling; what is told there of hours ago happens now, since the vehicle came just now. */
const fillingNow = (section: SectionId, { vehicle, registered }: Journey): AnyDraft => {
  const now = new Date();
  const filling = fillingOf(section, { vehicle, registered, now });
  const times = Object.entries(sections[section].fields).filter(
    ([name, { kind }]) => kind === 'time' && name in filling,
  );
  return { ...filling, ...Object.fromEntries(times.map(([name]) => [name, now.toISOString()])) };
};

/** Fills the sections as a careful clerk does and photographs everything they ask for. */
export const fillSections = async (journey: Journey, ...wanted: readonly SectionId[]): Promise<void> => {
  const { clerk, vehicle } = journey;
  for (const section of wanted) {
    await fillIn(clerk, section, fillingNow(section, journey));
    if (section !== 'agent' || vehicle.agent !== null) await photographAll(clerk, section);
  }
};

/** Fills the intake and hands it in. */
export const handIn = async (journey: Journey): Promise<void> => {
  await fillSections(journey, 'papers', 'owner', 'agent');
  await takeStep(journey.clerk, '提交受理', { dialog: false });
};

/** The commission confirms; the case then waits for the vehicle. */
export const admit = async (journey: Journey): Promise<void> => {
  const commission = await journey.as('commission1');
  await takeStep(commission, '确认允许报废');
  await journey.clerk.goto(journey.address);
  await stateIs(journey.clerk, '允许报废，待交车');
};

/** From the admitted vehicle to its dismantling. */
export const bringIn = async (journey: Journey): Promise<void> => {
  const { clerk } = journey;
  await fillSections(journey, 'tow');
  await takeStep(clerk, '确认交车');
  await fillSections(journey, 'entry');
  await takeStep(clerk, '提交进场信息', { dialog: false });
  await takeStep(await journey.as('commission1'), '进场审核通过');
  await clerk.goto(journey.address);
  await stateIs(clerk, '拆解采集');
};

/** The clerk records the dismantling and hands it in. */
export const dismantle = async (journey: Journey): Promise<void> => {
  await fillSections(journey, 'dismantling');
  await takeStep(journey.clerk, '提交拆解信息');
};

/** The commission passes the dismantling; what follows is up to the national system. */
export const passDismantling = async (journey: Journey): Promise<void> => {
  await takeStep(await journey.as('commission1'), '拆解审核通过');
  await journey.clerk.goto(journey.address);
};

/** From the certificate to the closed case. */
export const deregister = async (journey: Journey): Promise<void> => {
  const { clerk } = journey;
  await stateIs(clerk, '已出具回收证明，待注销');
  await fillSections(journey, 'deregistration');
  await takeStep(clerk, '填报注销信息');
  await stateIs(clerk, '已注销，待领证');
  await fillSections(journey, 'collection');
  await takeStep(clerk, '登记领证人并办结');
};

/** From the admitted vehicle to the closed case, when all goes well. */
export const goOn = async (journey: Journey): Promise<void> => {
  await bringIn(journey);
  await dismantle(journey);
  await passDismantling(journey);
  await deregister(journey);
};

const stagesOf = (page: Page) => page.getByRole('list', { name: '办理阶段' }).getByRole('listitem');

/** Every step a person took is signed and its signature holds; nothing on the page says otherwise. */
export const stepsAreSigned = async (page: Page, steps: number): Promise<void> => {
  const record = page.getByRole('region', { name: '办理记录' });
  await expect(record.getByRole('button', { name: '已签名' })).toHaveCount(steps);
  await expect(record.getByRole('button', { name: '签名不符' })).toHaveCount(0);
  await record.getByRole('button', { name: '已签名' }).first().click();
  const proof = await openDialog(page);
  await expect(proof.getByText(/^签名有效/)).toBeVisible();
  await endDialog(proof, proof.getByRole('button', { name: '关闭' }).last());
};

/** The certificate downloads as a PDF that names the vehicle. */
export const certificateDownloads = async ({ clerk, vehicle }: Journey): Promise<void> => {
  const waiting = clerk.waitForEvent('download');
  await clerk.getByRole('region', { name: '证明', exact: true }).getByRole('link', { name: '下载' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const { pages } = readPdf(Buffer.concat(chunks));
  expect(pages).toHaveLength(6);
  expect(pages[0]?.text).toContain(vehicle.papers.vin);
  const address = await clerk.getByRole('link', { name: '打印六联' }).getAttribute('href');
  const head = await clerk.request.get(address ?? '');
  expect(head.headers()['content-type']).toContain('application/pdf');
};

/** A case that has come to its end: every stage done, every step signed, the certificate in hand. */
export const isClosed = async (journey: Journey, signedSteps: number): Promise<void> => {
  const { clerk } = journey;
  await stateIs(clerk, '办结');
  await expect(stagesOf(clerk).filter({ hasText: '已完成' })).toHaveCount(journey.registered ? 6 : 5);
  await expect(clerk.locator('[aria-current=step]')).toContainText('办结');
  await stepsAreSigned(clerk, signedSteps);
  await certificateDownloads(journey);
};
