import { beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '#kernel/contract/failure.ts';
import type { YardTask } from '../model/yard-task.contract.ts';
import { textKeeper, troubleOf } from './text-keeper.ts';
import type { WaitingText, YardShelf } from './yard-shelf.ts';

const task = { caseId: 'case', section: 'entry', values: { odometerKm: 1_000 } } as unknown as YardTask;
const texts = new Map<string, WaitingText>();
const shelf = {
  texts: async () => [...texts.values()],
  changeText: async (id: string, change: (text: WaitingText | undefined) => WaitingText | null | undefined) => {
    const next = change(texts.get(id));
    if (next === null) texts.delete(id);
    else if (next) texts.set(id, next);
  },
} as unknown as YardShelf;
const keeper = textKeeper(shelf, 'wang');
const waiting = () => [...texts.values()][0];

beforeEach(() => texts.clear());

describe('words typed in the yard', () => {
  test('R03: typed without network they stay, with what stood there when the person began', async () => {
    await keeper.type(task, 'odometerKm', 2_000);
    await keeper.type(task, 'odometerKm', 2_500);
    expect(waiting()?.changes).toEqual({ odometerKm: { was: 1_000, now: 2_500 } });
    await keeper.type(task, 'odometerKm', 1_000);
    expect(texts.size).toBe(0);
  });

  test('R03: what is typed while the earlier is on its way stays, upon what was saved', async () => {
    await keeper.type(task, 'entryNote', '缺前保险杠');
    const cases = await keeper.push(async (text) => {
      expect(text.changes).toEqual({ entryNote: { was: null, now: '缺前保险杠' } });
      await keeper.type(task, 'entryNote', '缺前保险杠和左门');
      return {};
    });
    expect(cases).toEqual(['case']);
    expect(waiting()?.changes).toEqual({ entryNote: { was: '缺前保险杠', now: '缺前保险杠和左门' } });
    await keeper.push(async () => ({}));
    expect(texts.size).toBe(0);
  });

  test('R03: where a colleague was quicker both stand until the person chooses', async () => {
    await keeper.type(task, 'odometerKm', 2_000);
    const conflict = new Failure(409, 'CONFLICT', '被他人修改', {
      problems: [{ path: 'entry.odometerKm', message: '行驶里程刚被李师傅修改' }],
      detail: { current: { odometerKm: 1_800 }, by: { odometerKm: '李师傅' } },
    });
    await keeper.push(async ({ changes }) => troubleOf(conflict, Object.keys(changes)));
    expect(waiting()?.trouble.odometerKm).toEqual({
      message: '行驶里程刚被李师傅修改',
      instead: { value: 1_800, by: '李师傅' },
    });
    // It is not sent again by itself.
    expect(await keeper.push(async () => ({}))).toEqual([]);
    await keeper.choose('wang/case/entry', 'odometerKm', true);
    expect(waiting()?.changes).toEqual({ odometerKm: { was: 1_800, now: 2_000 } });
    await keeper.choose('wang/case/entry', 'odometerKm', false);
    expect(texts.size).toBe(0);
  });

  test('R03: a refusal that names no field stands at every field that was sent', () => {
    const refusal = new Failure(409, 'NOT_EDITABLE', '案卷现在的状态不能修改这部分内容');
    expect(Object.keys(troubleOf(refusal, ['enteredAt', 'entryNote']))).toEqual(['enteredAt', 'entryNote']);
  });

  test('R42: nobody’s words are saved under another’s name', async () => {
    await keeper.type(task, 'entryNote', '缺前保险杠');
    expect(await textKeeper(shelf, 'li').push(async () => ({}))).toEqual([]);
    expect(texts.size).toBe(1);
  });
});
