import { describe, expect, test } from 'vitest';
import type { StepView } from '#kernel/lifecycle/step-view.ts';
import type { CaseView } from '../../model/vehicle-case.views.ts';
import { changesMeanwhile } from './meanwhile.ts';
import { isWaiting, pulseInterval } from './pulse-interval.ts';

type Seen = Parameters<typeof changesMeanwhile>[0];

const step = (seq: number, more: Partial<StepView> = {}): StepView => ({
  seq,
  action: 'submit',
  title: '提交受理',
  at: '2026-11-23T06:05:00Z',
  actorName: '张三',
  organisationName: null,
  fromTitle: '受理登记',
  toTitle: '车管审核',
  reason: null,
  round: 1,
  digest: '',
  previousDigest: '',
  publicKey: null,
  signature: null,
  verified: null,
  changes: [],
  ...more,
});
const papers = (values: Record<string, unknown>): CaseView['sections'][number] => ({
  id: 'papers',
  title: '车证信息',
  editable: true,
  values,
  readings: {},
  faults: [],
  warnings: [],
});
const seen = (more: Partial<Seen> = {}): Seen => ({
  stateTitle: '车管审核',
  timeline: [step(1)],
  sections: [papers({ vin: 'A' })],
  photos: [],
  ...more,
});

describe('what changed meanwhile', () => {
  test('steps with who, when and why, the state, and fields by their titles', () => {
    const after = seen({
      stateTitle: '受理登记',
      timeline: [step(1), step(2, { title: '退回修改', actorName: '李四', reason: '照片不清' })],
      sections: [papers({ vin: 'B', vehicleTypeCode: 'K33' })],
    });

    expect(changesMeanwhile(seen(), after)).toEqual([
      '14:05 李四 退回修改：照片不清',
      '状态由“车管审核”变为“受理登记”',
      '车辆识别代号：A 改为 B',
      '车辆类型：— 改为 小型轿车',
    ]);
  });

  test('nothing to tell when nothing shown has changed', () => {
    expect(changesMeanwhile(seen(), seen({ sections: [papers({ vin: 'A', plateNo: null })] }))).toEqual([]);
  });
});

describe('asking for news', () => {
  const idle = { stateKind: 'work', photos: [], checks: [], exchanges: [] } as const;

  test('a case waits while an outside answer, a check or a reading is on its way', () => {
    expect(isWaiting({ ...idle, photos: [], checks: [], exchanges: [] })).toBe(false);
    expect(isWaiting({ ...idle, stateKind: 'wait', photos: [], checks: [], exchanges: [] })).toBe(true);
  });

  test('quick while fresh, slower while nothing comes, never for a closed or hidden case at rest', () => {
    const scene = { waiting: true, final: false, hidden: false, quietFor: 0 };
    expect(pulseInterval(scene)).toBe(1_500);
    expect(pulseInterval({ ...scene, quietFor: 5 * 60_000 })).toBe(6_000);
    expect(pulseInterval({ ...scene, waiting: false })).toBe(20_000);
    expect(pulseInterval({ ...scene, waiting: false, hidden: true })).toBe(false);
    expect(pulseInterval({ ...scene, waiting: false, final: true })).toBe(false);
  });
});
