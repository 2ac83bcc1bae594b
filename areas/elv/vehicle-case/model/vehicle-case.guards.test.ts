import { describe, expect, test } from 'vitest';
import type { Guard } from '#kernel/lifecycle/lifecycle.ts';
import {
  answeredAndAllowed,
  assembliesListed,
  batteriesRegistered,
  notAcceptedElsewhere,
  nothingDismantled,
  verified,
  vinCredible,
} from './vehicle-case.guards.ts';
import { acceptedKept } from './vehicle-case.identity-guards.ts';
import { type CheckOutcome, emptyRecord, type VehicleCase } from './vehicle-case.record.ts';
import type { SectionId } from './vehicle-case.views.ts';

const now = new Date('2026-11-23T02:00:00Z');

const aCase = ({
  filled = {},
  registered = true,
  ...more
}: Partial<VehicleCase> & {
  readonly filled?: Partial<Record<SectionId, Readonly<Record<string, unknown>>>>;
  readonly registered?: boolean;
} = {}): VehicleCase => {
  const record = emptyRecord(registered);
  const sections = Object.fromEntries(
    Object.entries(record.sections).map(([id, draft]) => [id, { ...draft, ...filled[id as SectionId] }]),
  ) as VehicleCase['sections'];
  return { ...record, photos: [], checks: {}, ...more, sections };
};

const told = (guard: Guard<VehicleCase>, record: VehicleCase, state = 'intake'): readonly string[] =>
  guard.check({ record, state, now }).map(({ message }) => message);

const answered = (verdict: CheckOutcome['verdict'], text = ''): CheckOutcome => ({ status: 'answered', verdict, text });
const waiting: CheckOutcome = { status: 'waiting', verdict: null, text: '' };
const silent: CheckOutcome = { status: 'needs-person', verdict: null, text: '' };

test('R01: what was asserted before the accepted case was kept cannot be dropped, only gone on with', () => {
  const identity = {
    reason: '',
    finding: null,
    registered: true,
    certificateNo: null,
    was: { vin: 'V', plateNo: '沪A1' },
  };
  const { sections, supervision } = emptyRecord(true);
  const accepted = {
    state: 'certified',
    since: '2026-11-20T02:00:00Z',
    deadlineAt: null,
    sections,
    photoIds: [],
    supervision,
    returnReason: null,
  } as const;
  expect(told(acceptedKept, aCase({ identity }), 'identityCorrecting')).toEqual([
    '申请更正时没有留存受理时的内容，无法恢复，请继续办理更正',
  ]);
  expect(told(acceptedKept, aCase({ identity: { ...identity, accepted } }), 'identityCorrecting')).toEqual([]);
});

describe('R01: real names', () => {
  const withAgent = { agent: { hasAgent: true } };

  test('R01: without the agent’s real name verified there is no further step, whatever the owner’s', () => {
    const checks = { 'owner-identity': answered('pass') };
    expect(told(verified('agent-identity'), aCase({ filled: withAgent, checks }))).toEqual([
      expect.stringContaining('代理人尚未实名认证'),
    ]);
    expect(
      told(verified('agent-identity'), aCase({ filled: withAgent, checks: { 'agent-identity': waiting } })),
    ).toEqual([expect.stringContaining('核验中')]);
    expect(
      told(verified('agent-identity'), aCase({ filled: withAgent, checks: { 'agent-identity': silent } })),
    ).toEqual([expect.stringContaining('多次未得到应答')]);
    const no = { 'agent-identity': answered('block', '查无此人') };
    expect(told(verified('agent-identity'), aCase({ filled: withAgent, checks: no }))).toEqual([
      '代理人实名认证未通过：查无此人',
    ]);
    // A service that would not say has not said yes.
    const unsure = { 'agent-identity': answered('manual', '服务未能答复') };
    expect(told(verified('agent-identity'), aCase({ filled: withAgent, checks: unsure }))).toHaveLength(1);
    const yes = { 'agent-identity': answered('pass') };
    expect(told(verified('agent-identity'), aCase({ filled: withAgent, checks: yes }))).toEqual([]);
  });

  test('R01: nobody is verified who is not there: no agent, an organisation as owner', () => {
    expect(told(verified('agent-identity'), aCase())).toEqual([]);
    expect(told(verified('owner-identity'), aCase({ filled: { owner: { ownerKind: 'organisation' } } }))).toEqual([]);
    expect(told(verified('owner-identity'), aCase())).toHaveLength(1);
  });

  test('R07: whoever collects the certificate is verified, always', () => {
    expect(told(verified('collector-identity'), aCase())).toHaveLength(1);
    expect(told(verified('collector-identity'), aCase({ checks: { 'collector-identity': answered('pass') } }))).toEqual(
      [],
    );
  });
});

describe('R01, R02: the police', () => {
  test('R02: what they have not answered is no yes where they must have answered, and no obstacle where they need not', () => {
    for (const outcome of [undefined, waiting, silent]) {
      const checks = outcome ? { 'vehicle-status': outcome, 'accepted-elsewhere': outcome } : {};
      expect(told(answeredAndAllowed('required'), aCase({ checks }))).toHaveLength(2);
      expect(told(answeredAndAllowed('if-answered'), aCase({ checks }))).toEqual([]);
    }
  });

  test('R01: what blocks, blocks in both; what a person judges blocks in neither', () => {
    const checks = (verdict: CheckOutcome['verdict']) => ({
      'vehicle-status': answered(verdict, '查封（K）'),
      'accepted-elsewhere': answered('pass'),
    });
    for (const mode of ['required', 'if-answered'] as const) {
      expect(told(answeredAndAllowed(mode), aCase({ checks: checks('block') }))).toEqual(['查封（K）']);
      expect(told(answeredAndAllowed(mode), aCase({ checks: checks('manual') }))).toEqual([]);
    }
  });

  test('R01: a vehicle off the register is not asked about', () => {
    expect(told(answeredAndAllowed('required'), aCase({ registered: false }))).toEqual([]);
  });

  test('R01: an acceptance elsewhere is told as it was answered', () => {
    const text = '该车已在演示厂受理（2026-11-01），不能重复受理';
    expect(told(notAcceptedElsewhere, aCase({ checks: { 'accepted-elsewhere': answered('block', text) } }))).toEqual([
      text,
    ]);
    expect(told(notAcceptedElsewhere, aCase({ checks: { 'accepted-elsewhere': waiting } }))).toEqual([]);
  });
});

describe('R01: the frame number', () => {
  test.each([
    ['malformed on a domestic car of 2012', { vin: 'LTESTI000A0000001', registrationDate: '2012-05-01' }, 1],
    ['malformed on a car of 2003', { vin: 'LTESTI000A0000001', registrationDate: '2003-05-01' }, 0],
    ['malformed on an imported car', { vin: 'WTESTI000A0000001', registrationDate: '2012-05-01' }, 0],
    [
      'malformed on a motorcycle',
      { vin: 'LTESTI000A0000001', registrationDate: '2012-05-01', vehicleTypeCode: 'M21' },
      0,
    ],
    ['with a wrong check digit', { vin: 'LTESTA002A0000001', registrationDate: '2012-05-01' }, 0],
  ])('R01: %s', (_, papers, obstacles) => {
    expect(told(vinCredible, aCase({ filled: { papers: { vehicleTypeCode: 'K33', ...papers } } }))).toHaveLength(
      obstacles,
    );
  });
});

describe('R04: the dismantled vehicle', () => {
  const car = { vehicleTypeCode: 'K33', fuelTypeCode: 'A', plateTypeCode: '02' };
  const line = (kind: string) => ({ kind, quantity: 1, disposition: 'scrap-metal', destination: '演示钢铁' });

  test('R04: every major assembly the vehicle has is listed; those it has not are not asked for', () => {
    expect(told(assembliesListed, aCase({ filled: { papers: car } }))).toHaveLength(6);
    const all = ['engine', 'steering-gear', 'transmission', 'front-axle', 'rear-axle', 'frame'].map(line);
    expect(told(assembliesListed, aCase({ filled: { papers: car, dismantling: { assemblies: all } } }))).toEqual([]);
    const [, ...without] = all;
    expect(told(assembliesListed, aCase({ filled: { papers: car, dismantling: { assemblies: without } } }))).toEqual([
      '请登记发动机的数量和去向',
    ]);
    const trailer = { vehicleTypeCode: 'B11', fuelTypeCode: 'Y', plateTypeCode: '15' };
    expect(told(assembliesListed, aCase({ filled: { papers: trailer } }))).toHaveLength(2);
  });

  test('R04: a new-energy vehicle has a battery code, or says that the battery is missing', () => {
    const electric = { ...car, fuelTypeCode: 'C', plateTypeCode: '52' };
    const dismantling = (one: Readonly<Record<string, unknown>>) =>
      aCase({ filled: { papers: electric, dismantling: one } });
    expect(told(batteriesRegistered, dismantling({}))).toHaveLength(1);
    expect(told(batteriesRegistered, dismantling({ batteryCodes: [] }))).toHaveLength(1);
    expect(told(batteriesRegistered, dismantling({ batteryCodes: ['TSTPE00DEMA0000000000042'] }))).toEqual([]);
    expect(told(batteriesRegistered, dismantling({ batteryMissing: true }))).toEqual([]);
    expect(told(batteriesRegistered, aCase({ filled: { papers: car } }))).toEqual([]);
  });

  test('R09: a time, an assembly or a photograph is a beginning; a missing battery alone is none', () => {
    const withTime = aCase({ filled: { dismantling: { dismantledOn: '2026-11-20' } } });
    expect(told(nothingDismantled, withTime, 'dismantling')).toHaveLength(1);
    const photos = [{ part: 'frame', uploadedAt: now.toISOString(), sm3: 'a' }];
    expect(told(nothingDismantled, aCase({ filled: { papers: car }, photos }), 'dismantling')).toHaveLength(1);
    expect(
      told(nothingDismantled, aCase({ filled: { dismantling: { batteryMissing: true } } }), 'dismantling'),
    ).toEqual([]);
  });
});
