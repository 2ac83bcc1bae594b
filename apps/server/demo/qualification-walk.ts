import type { QualificationAction } from '#areas/elv/qualification/model/qualification.lifecycle.ts';
import { plusDays } from '#kernel/time/shanghai.ts';
import type { EntrySections } from '#practices/registry/model/entry-sections.ts';
import { yardValues } from './demo-dismantlers.ts';
import { type EntryFiller, fillEntry, type RegistryHands } from './registry-walk.ts';

/** What people do with qualifications, whatever carries it. */
export type QualificationHands = RegistryHands<QualificationAction>;

/** Who acts: user names. Whoever examines does not decide. */
export const qualificationCast = { officer: 'commission1', decider: 'commission2' } as const;

/** What the made-up yard of that number (from 1) applies with. Days are `yyyy-MM-dd`. */
export const applicationValues = (number: number, today: string): EntrySections => {
  const { basic = {}, capacity = {} } = yardValues(number, today);
  return {
    application: { matter: 'initial', statement: '申请报废机动车回收拆解资质，场地、设备和人员均已到位' },
    basic,
    site: {
      siteAddress: String(basic.registeredAddress),
      landRight: 'owned',
      environmentalApproval: `演示环审〔2021〕${number}号`,
      dismantlesNewEnergy: number % 2 === 0,
    },
    capacity,
    staff: { staffCount: 48 + number, technicianCount: 9 },
  };
};

const tell = { tellPolice: true, tellEcology: true, tellMarket: true } as const;

/** What the steps of a qualification are filled in with on a day. */
export const stepInputs = (today: string): Partial<Readonly<Record<QualificationAction, object>>> => ({
  accept: { reason: '材料齐全，符合法定形式，予以受理' },
  requestSupplement: { items: '一、补交场地权属证明；二、设备清单须加盖公章' },
  declineApplication: { reason: '申请事项不属于本机关职权范围' },
  passReview: { opinion: '申请材料与法人库核对一致，建议现场评审' },
  passOnPapers: { opinion: '变更不涉及场地、能力和人员，材料属实' },
  recordOnSite: {
    visitedOn: today,
    members: '卫商演示（市商务委）、专家甲演示（行业协会）',
    site: 'good',
    equipment: 'good',
    staff: 'good',
    environment: 'good',
    record: '作业区、存储区分开，地面硬化防渗，设备与清单一致，危废间标识齐全',
    conclusion: 'pass',
  },
  extend: { reason: '需要进一步核实环境保护设施的验收情况' },
  grant: { reason: '符合资质认定条件，准予许可' },
  refuse: { reason: '场地、设备不符合 GB 22128-2019 要求' },
  suspend: {
    decisionNo: '演示商停字〔2026〕第1号',
    ground: 'unqualified',
    facts: '检查发现危险废物贮存间防渗层破损，废油液外溢，责令改正后未按期完成',
    noticedOn: plusDays(today, -20),
    heard: 'waived',
    until: plusDays(today, 60),
    ...tell,
    message: '责令停业整顿，期间不得新受理车辆；已受理的车辆可以办完或移交。请按要求整改并申请复查。',
  },
  resume: {
    inspection: '复查确认防渗层已修复，废油液已合规处置',
    ...tell,
    message: '整改复查合格，自即日起恢复经营。',
  },
  offerHearing: {
    decisionNo: '演示商听告字〔2026〕第1号',
    ground: 'unqualified',
    facts: '多次检查发现不再具备资质认定条件，责令改正后逾期未改',
    message: '拟吊销资质认定书。你单位可在五个工作日内申请听证。',
  },
  requestHearing: { statement: '我单位对违法事实有异议，申请听证' },
  scheduleHearing: {
    decisionNo: '演示商听通字〔2026〕第1号',
    heldOn: plusDays(today, 20),
    place: '上午 9:30，演示路 100 号 3 楼会议室',
    chair: '法规处 演示主持',
    message: '请按时参加听证，可以委托一至二人代理。',
  },
  recordHearing: { record: '当事人陈述整改经过，调查人员出示检查照片；双方质证、辩论完毕' },
  dropRevocation: { reason: '听证查明企业已按期整改，违法事实不成立' },
  revoke: {
    decisionNo: '演示商罚字〔2026〕第1号',
    ground: 'unqualified',
    facts: '不再具备资质认定条件，责令改正后逾期未改，听证后仍予认定',
    ...tell,
    message: '决定吊销资质认定书，请于十日内交回。',
  },
  annul: {
    decisionNo: '演示商撤字〔2026〕第1号',
    ground: 'unfit',
    facts: '准予许可时场地面积不符合法定条件',
    ...tell,
    message: '撤销原准予许可决定。',
  },
  cancel: {
    decisionNo: '演示商注字〔2026〕第1号',
    ground: 'asked',
    facts: '企业申请终止报废机动车回收业务',
    ...tell,
    message: '资质认定书予以注销，请交回原件。',
  },
  reviewYear: { year: Number(today.slice(0, 4)), conclusion: 'pass', opinion: '年度经营、环保、安全情况合格' },
});

/** One qualification on its way. */
export interface QualificationWalker extends EntryFiller {
  readonly hands: QualificationHands;
  /** The day on the walker's clock. */
  readonly today: () => string;
  /** Resolves when the company register has answered. */
  readonly settle: () => Promise<void>;
}

/** Takes a step as whoever it belongs to, filled in as usual but for what is given. */
export const takeStep = (
  { hands, cast, today }: QualificationWalker,
  id: string,
  by: 'clerk' | keyof typeof qualificationCast,
  action: QualificationAction,
  input: object = {},
): Promise<string> =>
  hands.step(by === 'clerk' ? cast.clerk : qualificationCast[by], id, action, {
    ...stepInputs(today())[action],
    ...input,
  });

/** Opens, fills and submits an application. */
export const applyFor = async (walker: QualificationWalker): Promise<string> => {
  const id = await walker.hands.open(walker.cast.clerk);
  await fillEntry(walker, id);
  await takeStep(walker, id, 'clerk', 'submit');
  await walker.settle();
  return id;
};

/** Walks what was submitted to the decision. */
export const examine = async (walker: QualificationWalker, id: string): Promise<void> => {
  await takeStep(walker, id, 'officer', 'accept');
  await takeStep(walker, id, 'officer', 'passReview');
  await takeStep(walker, id, 'officer', 'recordOnSite');
};

/** A newly granted qualification. Errors: throws what stood in the way. */
export const aQualification = async (walker: QualificationWalker): Promise<string> => {
  const id = await applyFor(walker);
  await examine(walker, id);
  await takeStep(walker, id, 'decider', 'grant');
  return id;
};
