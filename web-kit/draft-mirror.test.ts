import { expect, test } from 'vitest';
import type { Queue } from './autosave-queue.ts';
import { draftKey, keepDraft, readDraft } from './draft-mirror.ts';
import { clearDrafts } from './draft-place.ts';

const aStorage = () => {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
};
const queue: Queue = { 'papers.vin': { section: 'papers', field: 'vin', was: null, now: 'LSV', state: 'typed' } };

test('unsaved typing survives a reload, per person and case', () => {
  const storage = aStorage();
  expect(keepDraft(storage, draftKey('u1', 'c1'), queue)).toBe(true);

  expect(readDraft(storage, draftKey('u1', 'c1'), ['papers'])).toEqual(queue);
  expect(readDraft(storage, draftKey('u2', 'c1'), ['papers'])).toEqual({});
});

test('typing into a field that never had anything survives too, and so does what is known of a conflict', () => {
  const storage = aStorage();
  const first: Queue = {
    'papers.vin': { section: 'papers', field: 'vin', was: undefined, now: 'LSV', state: 'typed' },
    'papers.fileNo': { section: 'papers', field: 'fileNo', was: 'A', now: undefined, state: 'typed' },
    'papers.seats': { section: 'papers', field: 'seats', was: 5, now: 7, state: 'conflict', theirs: 4, by: '周一' },
  };
  keepDraft(storage, 'k', first);
  expect(readDraft(storage, 'k', ['papers'])).toEqual(first);
});

test('nothing stays behind when all is saved', () => {
  const storage = aStorage();
  keepDraft(storage, 'k', queue);
  keepDraft(storage, 'k', {});
  expect(storage.held.size).toBe(0);
});

test('what somebody else left there is not taken for a draft', () => {
  const storage = aStorage();
  const elsewhere = '{"nowhere.vin":{"section":"nowhere","field":"vin","state":"typed"}}';
  for (const text of ['not json', '[1]', '{"papers.vin":{"section":"papers"}}', elsewhere]) {
    storage.setItem('k', text);
    expect(readDraft(storage, 'k', ['papers'])).toEqual({});
  }
});

test('a machine that will not keep says so', () => {
  const full = {
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
    removeItem: () => undefined,
  };
  expect(keepDraft(full, 'k', queue)).toBe(false);
});

test('R42: signing out leaves nobody’s unsaved typing on a shared computer, and nothing else is lost', () => {
  const storage = aStorage();
  for (const name of [draftKey('u1', 'a'), draftKey('u2', 'b'), 'governance.people.columns'])
    storage.setItem(name, '{}');
  clearDrafts({ ...storage, length: storage.held.size, key: (index) => [...storage.held.keys()][index] ?? null });
  expect([...storage.held.keys()]).toEqual(['governance.people.columns']);
});
