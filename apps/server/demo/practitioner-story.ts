import { randomUUID } from 'node:crypto';
import { conductContract, conductStepContract } from '#areas/elv/practitioner/model/conduct.contract.ts';
import { practitionerContract } from '#areas/elv/practitioner/model/practitioner.contract.ts';
import { posts } from '#areas/elv/practitioner/model/practitioner.fields.ts';
import type { PractitionerRow, PractitionerView } from '#areas/elv/practitioner/model/practitioner.views.ts';
import { conductHandlers, conductStepHandlers } from '#areas/elv/practitioner/server/conduct.handlers.ts';
import { practitionerHandlers } from '#areas/elv/practitioner/server/practitioner.handlers.ts';
import type { Practitioners } from '#areas/elv/practitioner/server/practitioners.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { identityCheckDigit } from '#practices/identity-codes/model/identity-number.ts';
import { callsInProcess, jpegFile } from './calls-in-process.ts';
import type { RegistryStory } from './registry-story.ts';

const dayMs = 86_400_000;

/** How many people each of the first five yards has. */
const crews = [10, 8, 8, 7, 7] as const;

const surnames = [...'钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何'];
const given = [...'一二三四五六七八九十'];

/** Nobody was born on the first day of 1900 and is at work: the number is whole, and nobody's. */
const identityOf = (n: number): string => {
  const first = `31010119000101${String(n).padStart(3, '0')}`;
  return first + identityCheckDigit(first);
};

const personOf = (n: number, since: string) => ({
  name: `${surnames[n % surnames.length]}${given[n % given.length]}演示`,
  identityNo: identityOf(n),
  phone: `1390000${String(1_000 + n)}`,
  post: Object.keys(posts)[n % 9] ?? 'dismantler',
  since,
});

const certificates = ['special-operation', 'safety-manager', 'battery-dismantling', 'vocational-skill'] as const;
/** How many days from the story's end certificates are valid: most for long, some lapse soon, some have lapsed. */
const lasting = [900, 30, 700, -20, 1_200, 400, 55] as const;

/** Hands that work in this process, through the same handlers and engine that serve HTTP. */
const handsOver = ({ desk }: Practitioners, { clock, subjectOf }: RegistryStory) => {
  const call = callsInProcess(clock, [practitionerContract, conductContract, conductStepContract]);
  const as = (who: string, picture?: Uint8Array): CallContext =>
    call(who, subjectOf(who), picture && jpegFile('证书.jpg', picture));
  const people = practitionerHandlers(desk);
  const steps = conductStepHandlers(desk, conductStepContract);
  const view = async (who: string, id: string) => (await people.get({ id }, as(who))) as PractitionerView;
  return {
    people,
    as,
    view,
    record: async (who: string, id: string, values: Readonly<Record<string, unknown>>): Promise<string> =>
      ((await conductHandlers(desk).record({ id, key: randomUUID(), values }, as(who))) as { id: string }).id,
    step: async (
      who: string,
      id: string,
      conductId: string,
      action: keyof typeof conductStepContract,
      input: object,
    ) => {
      const version = (await view(who, id)).conducts.find((one) => one.id === conductId)?.version ?? 0;
      await steps[action]({ id: conductId, version, key: randomUUID(), input: { ...input } }, as(who));
    },
  };
};

type PractitionerHands = ReturnType<typeof handsOver>;

const enterOne = async ({ people, as }: PractitionerHands, who: string, n: number, today: string): Promise<void> => {
  const values = personOf(n, plusDays(today, -500 - n * 7));
  const { id } = (await people.create({ values }, as(who))) as { id: string };
  if (n % 5 === 4) return;
  const certificate = {
    kind: certificates[n % certificates.length],
    number: `SIM-${1_000 + n}`,
    issuedOn: plusDays(today, -700),
    validUntil: plusDays(today, lasting[n % lasting.length] ?? 900),
    issuer: '演示发证机关',
  };
  await people.addCertificate({ id, key: randomUUID(), values: certificate }, as(who));
};

/** The yards' people come in, some of them with certificates; one works at two yards. */
const tellEntering = async (hands: PractitionerHands, today: string): Promise<void> => {
  const yards = crews.flatMap((size, place) => Array.from({ length: size }, () => place + 1));
  const orders = Map.groupBy(yards.keys(), (order) => yards[order] ?? 1);
  // The yards side by side, each of them one after another.
  await Promise.all(
    [...orders].map(async ([yard, own]) => {
      for (const order of own) await enterOne(hands, `clerk${yard}`, order + 1, today);
    }),
  );
  const { people, as } = hands;
  await people.create({ values: { ...personOf(1, plusDays(today, -450)), post: 'technician' } }, as('clerk2'));
};

const idsOf = async ({ people, as }: PractitionerHands, who: string): Promise<readonly string[]> => {
  const listed = await people.list({ sort: 'enteredAt', page: 1, size: 100 }, as(who));
  return (listed as { rows: PractitionerRow[] }).rows.map(({ id }) => id);
};

const breach = (kind: string, occurredOn: string, basis: string, text: string) => ({ kind, occurredOn, basis, text });

/** What the commission has put down: one praise, one that stands, one that is disputed, one that was corrected. */
const tellConduct = async (hands: PractitionerHands, story: RegistryStory): Promise<void> => {
  const { at, end } = story;
  const daysAgo = (days: number): string => shanghaiDay(new Date(end.getTime() - days * dayMs));
  const [first, second] = [await idsOf(hands, 'clerk1'), await idsOf(hands, 'clerk2')];
  const [praised = '', disputed = '', plain = ''] = first;
  const [corrected = ''] = second;
  at(new Date(end.getTime() - 30 * dayMs));
  const rule = '《报废机动车回收管理办法》（国务院令第715号）第十四条';
  const safety = breach(
    'safety-breach',
    daysAgo(33),
    '《安全生产法》第五十七条',
    '现场检查发现未排空油液即动火切割，已责令停止作业。',
  );
  await hands.record(
    'commission1',
    praised,
    breach(
      'commendation',
      daysAgo(40),
      '区商务主管部门年度通报（演示）',
      '全年无差错完成动力蓄电池拆卸，受到年度通报表扬。',
    ),
  );
  await hands.record(
    'commission1',
    plain,
    breach('environment-breach', daysAgo(35), rule, '制冷剂未经回收即开始拆解，现场检查笔录已签字确认。'),
  );
  const open = await hands.record('commission1', disputed, safety);
  const wrong = await hands.record(
    'commission1',
    corrected,
    breach('false-record', daysAgo(36), rule, '拆解台账与照片日期不一致，疑为事后补拍。'),
  );
  at(new Date(end.getTime() - 20 * dayMs));
  await hands.step('clerk2', corrected, wrong, 'object', { reason: '照片为当日拍摄，系台账日期登记有误' });
  at(new Date(end.getTime() - 18 * dayMs));
  const facts = breach('other-bad', daysAgo(36), rule, '拆解台账日期登记有误，照片经核实为当日拍摄。');
  await hands.step('commission2', corrected, wrong, 'correct', { ...facts, reason: '异议部分成立，按核实的情况更正' });
  at(new Date(end.getTime() - dayMs));
  await hands.step('clerk1', disputed, open, 'object', { reason: '动火前已排空油液，有当天的作业照片' });
};

const tellTrainings = async (hands: PractitionerHands, today: string): Promise<void> => {
  const { people, as } = hands;
  for (const who of ['clerk1', 'clerk2', 'clerk3'])
    for (const [order, id] of (await idsOf(hands, who)).entries()) {
      if (order % 2 === 1) continue;
      const values = { title: '动力蓄电池拆卸安全', hours: 16, heldOn: plusDays(today, -60), result: 'passed' };
      await people.addTraining({ id, key: randomUUID(), values }, as(who));
    }
};

/**
 * Tells who works at the demo's yards: some forty people entered the year before, so that its archives are there; certificates that lapse soon or have,
 * trainings, conduct, one who has left. `long-ago` is told before the story of the cases, `lately` after it.
 */
export const tellPractitioners = async (story: RegistryStory, when: 'long-ago' | 'lately'): Promise<void> => {
  const { elv, at, end, picture } = story;
  const hands = handsOver(elv.practitioners, story);
  const today = shanghaiDay(end);
  if (when === 'long-ago') {
    at(new Date(end.getTime() - 400 * dayMs));
    return tellEntering(hands, today);
  }
  at(new Date(end.getTime() - 50 * dayMs));
  await tellTrainings(hands, today);
  await tellConduct(hands, story);
  at(new Date(end.getTime() - dayMs / 2));
  const { people, as } = hands;
  const [first = '', ...rest] = await idsOf(hands, 'clerk1');
  const [certificate] = (await hands.view('clerk1', first)).certificates;
  if (certificate)
    await people.attachCertificate({ id: first, certificateId: certificate.id }, as('clerk1', picture('statement')));
  const leaving = rest.at(-1) ?? '';
  const { version } = await hands.view('clerk1', leaving);
  await people.leave({ id: leaving, version, on: plusDays(today, -3) }, as('clerk1'));
  await elv.practitioners.writeArchives();
  await elv.practitioners.warnOfLapses();
};
