import { faultsOf } from '#kernel/fields/field.ts';
import type { Guard, Obstacle } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, rule, tender } from '#kernel/source/source.ts';
import { timeOrderFaults } from './time-order.ts';
import type { SectionId } from './vehicle-case.contract.ts';
import { sections } from './vehicle-case.fields.ts';
import { type CheckKind, isRegistered, type VehicleCase } from './vehicle-case.record.ts';
import { slotsOf } from './vehicle-case.slots.ts';

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
  if (kind === 'owner-identity') return record.sections.owner['ownerKind'] !== 'organisation';
  if (kind === 'agent-identity') return record.sections.agent['hasAgent'] === true;
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

/** A draft that was never handed in. */
export const neverSubmitted: Guard<VehicleCase> = {
  name: 'never-submitted',
  source: tender(8),
  check: ({ record }) =>
    record.returnReason === null ? [] : [{ path: '', message: '提交过的案卷不能作废，请走撤销申请' }],
};
