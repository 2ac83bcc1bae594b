import type { Failure } from '#kernel/contract/failure.ts';
import type { YardTask } from '../model/yard-task.contract.ts';
import type { TextTrouble, WaitingText, YardShelf } from './yard-shelf.ts';

/** Saves words; answers by field what the server did not take. Errors: throws Failure where nothing was decided. */
export type SaveTexts = (text: WaitingText) => Promise<Readonly<Record<string, TextTrouble>>>;

type Changes = WaitingText['changes'];

/** Nothing, whichever way it is written. */
const blank = (value: unknown): unknown => (value === undefined || value === '' ? null : value);

/** Whether two values of a field are the same to a person. */
export const sameValue = (one: unknown, other: unknown): boolean =>
  JSON.stringify(blank(one)) === JSON.stringify(blank(other));

/** What a refused saving means for each field that was sent. */
export const troubleOf = (failure: Failure, sent: readonly string[]): Readonly<Record<string, TextTrouble>> => {
  // Told by the server with a conflict; see saveSection.
  const current = (failure.detail?.current ?? {}) as Readonly<Record<string, unknown>>;
  const by = (failure.detail?.by ?? {}) as Readonly<Record<string, string | null>>;
  const named = failure.problems.flatMap(({ path, message }): [string, TextTrouble][] => {
    const field = path.split('.')[1] ?? '';
    const instead = Object.hasOwn(current, field) ? { instead: { value: current[field], by: by[field] ?? null } } : {};
    return sent.includes(field) ? [[field, { message, ...instead }]] : [];
  });
  // A refusal that names no field is about all of them.
  return Object.fromEntries(named.length > 0 ? named : sent.map((field) => [field, { message: failure.message }]));
};

const without = <T>(record: Readonly<Record<string, T>>, fields: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)));

/** Null when nothing is left to wait. */
const leftOf = (text: WaitingText): WaitingText | null => (Object.keys(text.changes).length === 0 ? null : text);

const afterSaving = (
  text: WaitingText | undefined,
  sent: Changes,
  trouble: WaitingText['trouble'],
): WaitingText | null | undefined => {
  if (!text) return undefined;
  // Where one field is in trouble the server has taken none.
  if (Object.keys(trouble).length > 0) return { ...text, trouble: { ...text.trouble, ...trouble } };
  const saved = Object.keys(sent).filter((name) => sameValue(sent[name]?.now, text.changes[name]?.now));
  const goneOn = Object.entries(text.changes).map(([name, change]): [string, Changes[string]] => [
    name,
    name in sent ? { was: sent[name]?.now ?? null, now: change.now } : change,
  ]);
  return leftOf({ ...text, changes: without(Object.fromEntries(goneOn), saved) });
};

/** What is typed on a phone: kept at once, brought to the server when it can be, each field with what stood there before. */
export const textKeeper = (shelf: YardShelf, personId: string) => ({
  type: (task: YardTask, field: string, value: unknown): Promise<void> => {
    const id = `${personId}/${task.caseId}/${task.section}`;
    const { caseId, section } = task;
    return shelf.changeText(id, (found) => {
      const text: WaitingText = found ?? { id, personId, caseId, section, changes: {}, trouble: {} };
      const was = text.changes[field]?.was ?? blank(task.values[field]);
      const changes = without(text.changes, [field]);
      if (!sameValue(was, value)) changes[field] = { was, now: blank(value) };
      return leftOf({ ...text, changes, trouble: without(text.trouble, [field]) });
    });
  },

  choose: (textId: string, field: string, own: boolean): Promise<void> =>
    shelf.changeText(textId, (text) => {
      const change = text?.changes[field];
      if (!text || !change) return undefined;
      const trouble = without(text.trouble, [field]);
      const instead = text.trouble[field]?.instead;
      const changes = own
        ? { ...text.changes, [field]: { was: instead ? blank(instead.value) : change.was, now: change.now } }
        : without(text.changes, [field]);
      return leftOf({ ...text, changes, trouble });
    }),

  /** Brings what waits to the server; answers the cases whose words it has taken or refused. Errors: throws Failure. */
  push: async (save: SaveTexts): Promise<readonly string[]> => {
    const cases: string[] = [];
    for (const text of await shelf.texts()) {
      const changes = without(text.changes, Object.keys(text.trouble));
      if (text.personId !== personId || Object.keys(changes).length === 0) continue;
      const trouble = await save({ ...text, changes });
      await shelf.changeText(text.id, (now) => afterSaving(now, changes, trouble));
      cases.push(text.caseId);
    }
    return cases;
  },
});
