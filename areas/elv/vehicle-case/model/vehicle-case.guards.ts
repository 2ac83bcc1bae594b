import { faultsOf } from '#kernel/fields/field.ts';
import type { Guard, Obstacle } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule, standard, tender } from '#kernel/source/source.ts';
import { vinBlocks } from '#practices/vehicle/model/vin.ts';
import { assembliesOf, assemblyKinds } from './major-assembly.ts';
import { timeOrderFaults } from './time-order.ts';
import { sections } from './vehicle-case.fields.ts';
import { type CheckKind, isRegistered, isSupervised, type VehicleCase } from './vehicle-case.record.ts';
import { factsOf, slotsOf } from './vehicle-case.slots.ts';
import type { SectionId } from './vehicle-case.views.ts';
import { buildOf } from './vehicle-class.ts';

/** Every field the section asks for is filled and sound. */
export const whole = (section: SectionId): Guard<VehicleCase> => ({
  name: `whole(${section})`,
  source: tender(1, 3, 4, 7),
  check: ({ record }) =>
    faultsOf(sections[section].fields, record.sections[section]).map(({ field, message }) => ({
      path: `${section}.${field}`,
      message,
    })),
});

/** Every photograph the vehicle's type demands in this section is there. */
export const photographed = (section: SectionId): Guard<VehicleCase> => ({
  name: `photographed(${section})`,
  source: tender(1, 3, 4, 7),
  check: ({ record }) =>
    slotsOf(record, section)
      .filter(({ part, required }) => required && !record.photos.some((photo) => photo.part === part))
      .map(({ part, title }) => ({ path: `photo:${part}`, message: `缺少${title}照片` })),
});

const identityTitles = {
  'owner-identity': '所有人',
  'agent-identity': '代理人',
  'collector-identity': '领证人',
} as const;

const identityAsked = (record: VehicleCase, kind: keyof typeof identityTitles): boolean => {
  if (kind === 'owner-identity') return record.sections.owner.ownerKind !== 'organisation';
  if (kind === 'agent-identity') return record.sections.agent.hasAgent === true;
  return true;
};

/** The person's real name has been verified. No answer is not a yes. Source: tender R01, R07. */
export const verified = (kind: keyof typeof identityTitles): Guard<VehicleCase> => ({
  name: `verified(${kind})`,
  source: tender(1, 7),
  check: ({ record }) => {
    if (!identityAsked(record, kind)) return [];
    const outcome = record.checks[kind];
    const who = identityTitles[kind];
    const path = `check:${kind}`;
    if (outcome?.status === 'answered') {
      return outcome.verdict === 'pass' ? [] : [{ path, message: `${who}实名认证未通过：${outcome.text}` }];
    }
    if (outcome === undefined || outcome.status === 'not-asked')
      return [{ path, message: `${who}尚未实名认证，填齐姓名和证件号码后自动核验` }];
    if (outcome.status === 'needs-person')
      return [{ path, message: `${who}实名认证多次未得到应答，请重新核验或联系管理员` }];
    return [{ path, message: `${who}实名认证核验中，得到结果后才能继续` }];
  },
});

/** Nobody else has accepted the vehicle, as far as is known; the database's unique key has the last word. */
export const notAcceptedElsewhere: Guard<VehicleCase> = {
  name: 'not-accepted-elsewhere',
  source: tender(1),
  check: ({ record }) => {
    const outcome = record.checks['accepted-elsewhere'];
    return outcome?.status === 'answered' && outcome.verdict === 'block'
      ? [{ path: 'check:accepted-elsewhere', message: outcome.text }]
      : [];
  },
};

const policeChecks: readonly { kind: CheckKind; title: string }[] = [
  { kind: 'vehicle-status', title: '车辆状态' },
  { kind: 'accepted-elsewhere', title: '重复受理' },
];

const stateObstacle = (record: VehicleCase, mode: 'if-answered' | 'required'): readonly Obstacle[] =>
  policeChecks.flatMap(({ kind, title }): Obstacle[] => {
    const outcome = record.checks[kind];
    const path = `check:${kind}`;
    if (outcome?.status === 'answered') return outcome.verdict === 'block' ? [{ path, message: outcome.text }] : [];
    if (mode === 'if-answered') return [];
    return [
      {
        path,
        message:
          outcome?.status === 'needs-person'
            ? `${title}多次未得到公安应答，请重新核验`
            : `${title}核验中，得到公安应答后才能通过`,
      },
    ];
  });

/**
 * Police know nothing against scrapping the vehicle. `required`: they must have answered, a time-out never lets a vehicle through;
 * `if-answered`: a clerk may hand in while the answer is still under way. Vehicles off the register are not asked about.
 */
export const answeredAndAllowed = (mode: 'if-answered' | 'required'): Guard<VehicleCase> => ({
  name: `police-allow(${mode})`,
  source: rule('机动车登记规定（公安部令第164号）', '第四十二条'),
  check: ({ record }) => (isRegistered(record) ? stateObstacle(record, mode) : []),
});

/** The times of the section stand in the order of the work and do not lie in the future. Source: domain 2.6. */
export const timesInOrder = (section: SectionId): Guard<VehicleCase> => ({
  name: `times-in-order(${section})`,
  source: assumption('时间顺序：交车 ≤ 进场 ≤ 掀顶/断梁 ≤ 总成拆解 ≤ 注销，先后颠倒的不能提交'),
  check: ({ record, now }) => timeOrderFaults(record, section, now),
});

/** A VIN that can be none blocks newer vehicles; older and imported ones only get a warning. Source: domain 3.1. */
export const vinCredible: Guard<VehicleCase> = {
  name: 'vin-credible',
  source: standard('GB 16735', '车辆识别代号'),
  check: ({ record }) => {
    const { vin, registrationDate, vehicleTypeCode } = record.sections.papers;
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    return typeof vin === 'string' &&
      vinBlocks(vin, { registrationDate: text(registrationDate), vehicleTypeCode: text(vehicleTypeCode) })
      ? [{ path: 'papers.vin', message: '2005 年后登记的车辆，车辆识别代号不会含 I、O、Q，请对照实车核对' }]
      : [];
  },
};

/** Every major assembly this vehicle has is listed with where it went. Source: Regulation 715 art. 12, 13. */
export const assembliesListed: Guard<VehicleCase> = {
  name: 'assemblies-listed',
  source: rule('报废机动车回收管理办法（国务院令第715号）', '第十三条'),
  check: ({ record }) => {
    // Shaped by the section's schema.
    const listed = (record.sections.dismantling.assemblies ?? []) as readonly { kind: string }[];
    return assembliesOf(factsOf(record))
      .filter((kind) => !listed.some((line) => line.kind === kind))
      .map((kind) => ({ path: 'dismantling.assemblies', message: `请登记${assemblyKinds[kind] ?? kind}的数量和去向` }));
  },
};

/** A new-energy vehicle has its battery codes, or a statement why the battery is missing. Source: tender R04, domain 2.7. */
export const batteriesRegistered: Guard<VehicleCase> = {
  name: 'batteries-registered',
  source: tender(4),
  check: ({ record }) => {
    const { batteryCodes, batteryMissing } = record.sections.dismantling;
    const some = Array.isArray(batteryCodes) && batteryCodes.length > 0;
    return buildOf(factsOf(record)).newEnergy && !some && batteryMissing !== true
      ? [
          {
            path: 'dismantling.batteryCodes',
            message: '新能源车请登记动力蓄电池编码；电池缺失的请勾选“电池缺失”并上传情况说明',
          },
        ]
      : [];
  },
};

/** A draft that was never handed in. */
export const neverSubmitted: Guard<VehicleCase> = {
  name: 'never-submitted',
  source: tender(8),
  check: ({ record }) =>
    record.returnReason === null ? [] : [{ path: '', message: '提交过的案卷不能作废，请走撤销申请' }],
};

/** The case was handed in before; a draft is thrown away instead. Source: tender R08. */
export const submittedOnce: Guard<VehicleCase> = {
  name: 'submitted-once',
  source: tender(8),
  // Only a return leads back to the beginning, and it leaves its reason.
  check: ({ record, state }) =>
    state === 'intake' && record.returnReason === null
      ? [{ path: '', message: '案卷还没有提交受理，不需要撤销，请直接作废草稿' }]
      : [],
};

const dismantlingFacts = ['dismantledOn', 'roofOrBeamCutAt', 'assembliesDismantledAt', 'assemblies'] as const;

const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/**
 * Nothing of the vehicle is dismantled, as far as is recorded: no time of it, no assembly, no photograph. What the commission sent back and the
 * enterprise took out as wrong does not count; who took it out stands in the log.
 */
export const nothingDismantled: Guard<VehicleCase> = {
  name: 'nothing-dismantled',
  source: tender(9),
  check: ({ record }) => {
    const { dismantling } = record.sections;
    const parts = slotsOf(record, 'dismantling').map(({ part }) => part);
    const begun =
      dismantlingFacts.some((name) => isFilled(dismantling[name])) ||
      record.photos.some(({ part }) => parts.includes(part));
    return begun ? [{ path: 'dismantling', message: '车辆已开始拆解（已登记拆解信息或照片），不能撤销' }] : [];
  },
};

/** The vehicle is not yet to be dismantled under supervision; raising it twice would say nothing. */
export const notYetSupervised: Guard<VehicleCase> = {
  name: 'not-yet-supervised',
  source: rule('报废机动车回收管理办法（国务院令第715号）', '第十一条'),
  check: ({ record }) => (isSupervised(record) ? [{ path: '', message: '该车已列为监销，不需要再升级' }] : []),
};

/** The vehicle is to be dismantled under supervision; there is nothing to lower otherwise. */
export const supervisedSoFar: Guard<VehicleCase> = {
  name: 'supervised-so-far',
  source: assumption('只有列为监销的车辆才能取消监销'),
  check: ({ record }) => (isSupervised(record) ? [] : [{ path: '', message: '该车没有列为监销，不需要取消' }]),
};
