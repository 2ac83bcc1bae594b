import { describe, expect, test } from 'vitest';
import type { YardTask } from '../model/yard-task.contract.ts';
import { nextMissing, obstaclesTo, progressOf, slotsOfTask } from './task-progress.ts';
import type { WaitingPhoto } from './waiting-photo.ts';

const stored = (id: string) => ({
  id,
  uploadedAt: '2026-11-23T02:00:00.000Z',
  operatorName: '王师傅',
  deviceTime: null,
  place: null,
});
const slot = (part: string, photos: readonly string[] = [], required = true, many = true) => ({
  part,
  title: part,
  hint: '',
  required,
  wanted: false,
  many,
  photos: photos.map(stored),
});
const aTask = (change: Partial<YardTask> = {}): YardTask => ({
  caseId: 'case',
  caseNo: 'SC2026112300001',
  version: 3,
  section: 'entry',
  plateNo: '沪A12345',
  plateTypeCode: '02',
  brandModel: null,
  vinTail: null,
  deadlineAt: null,
  overdue: false,
  workingDaysLeft: null,
  returnReason: null,
  held: [],
  slots: [slot('whole', ['a']), slot('frame-number'), slot('vin-stamp'), slot('entry-other', [], false)],
  values: {},
  assemblies: [],
  step: {
    action: 'enter',
    title: '提交进场信息',
    ready: false,
    missing: [
      { path: 'entry.enteredAt', message: '请填写进场时间' },
      { path: 'photo:frame-number', message: '缺少车架号照片' },
    ],
    consequence: null,
    input: 'none',
    tone: 'primary',
  },
  ...change,
});
const here = (part: string, change: Partial<WaitingPhoto> = {}): WaitingPhoto => ({
  id: `key-${part}`,
  takenBy: 'wang',
  takenByName: '王师傅',
  caseId: 'case',
  caseNo: 'SC2026112300001',
  plateNo: '沪A12345',
  section: 'entry',
  part,
  title: part,
  takenAt: '2026-11-23T02:00:00.000Z',
  place: null,
  picture: null,
  state: 'waiting',
  attempts: 0,
  nextAt: 0,
  lease: null,
  photoId: null,
  refusal: null,
  replaces: [],
  after: null,
  ...change,
});

describe('what a vehicle still lacks', () => {
  test('R03: photographs on the phone count as taken, those that may be left out do not count', () => {
    expect(progressOf(slotsOfTask(aTask(), []))).toEqual({ taken: 1, of: 3 });
    expect(progressOf(slotsOfTask(aTask(), [here('frame-number'), here('entry-other')]))).toEqual({ taken: 2, of: 3 });
  });

  test('R03: the next missing one comes after the one just taken, then from the beginning', () => {
    const slots = slotsOfTask(aTask({ slots: [slot('whole'), slot('frame-number'), slot('vin-stamp')] }), [
      here('frame-number'),
    ]);
    expect(nextMissing(slots)?.part).toBe('whole');
    expect(nextMissing(slots, 'frame-number')?.part).toBe('vin-stamp');
    expect(nextMissing(slots, 'vin-stamp')?.part).toBe('whole');
    expect(nextMissing(slotsOfTask(aTask({ slots: [slot('whole', ['a'])] }), []))).toBeUndefined();
  });

  test('R03: one that was refused is missing again', () => {
    const slots = slotsOfTask(aTask(), [here('frame-number', { state: 'refused' })]);
    expect(slots.find(({ part }) => part === 'frame-number')?.status).toBe('refused');
    expect(nextMissing(slots)?.part).toBe('frame-number');
  });

  test('R03: a retake hides what it replaces; the one that has arrived is not shown twice', () => {
    const [retaken] = slotsOfTask(aTask(), [here('whole', { replaces: ['a'] })]);
    expect(retaken).toMatchObject({ there: [], status: 'waiting' });
    const [arrived] = slotsOfTask(aTask(), [here('whole', { state: 'sent', photoId: 'a' })]);
    expect(arrived).toMatchObject({ here: [], status: 'there' });
    const single = aTask({ slots: [slot('tow-slip', ['a'], true, false)] });
    expect(slotsOfTask(single, [here('tow-slip')])[0]).toMatchObject({ there: [], status: 'waiting' });
  });

  test('R03: why it cannot be handed in is said in words, and nothing is said when it can', () => {
    const task = aTask();
    const slots = slotsOfTask(task, [here('frame-number')]);
    const text = {
      id: 't',
      personId: 'wang',
      caseId: 'case',
      section: 'entry',
      changes: { enteredAt: { was: null, now: 'x' } },
      trouble: {},
    } as const;
    expect(obstaclesTo(task, slots, undefined, false)).toEqual([
      '还缺 1 张照片：vin-stamp',
      '请填写进场时间',
      '还有 1 张照片没有送到服务器',
      '现在没有网络，连上后才能提交',
    ]);
    expect(obstaclesTo(task, slots, text, true)).not.toContain('请填写进场时间');
    const whole = aTask({ slots: [slot('whole', ['a'])], step: { ...task.step, ready: true, missing: [] } });
    expect(obstaclesTo(whole, slotsOfTask(whole, []), undefined, true)).toEqual([]);
  });
});
