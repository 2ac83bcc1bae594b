import type { Problem } from '#kernel/contract/failure.ts';
import { type AnyDraft, type Fields, faultsOf } from '#kernel/fields/field.ts';
import { pathOf, type Queue, sameValue } from './autosave-queue.ts';
import type { FieldMarks, Reading } from './form-field.ts';

/** One part of a form as the server has it. */
export interface MarkedSection {
  readonly id: string;
  readonly readings?: Readonly<Record<string, Reading>>;
  readonly faults: readonly { readonly field: string; readonly message: string }[];
  readonly warnings: readonly { readonly field: string; readonly message: string }[];
}

/** What the page knows when it marks the fields of a section. */
export interface MarkScene {
  readonly section: MarkedSection;
  readonly fields: Fields;
  /** The server's values with everything unsaved laid over them. */
  readonly values: AnyDraft;
  readonly queue: Queue;
  /** Values when the page was opened. */
  readonly opened: AnyDraft;
  /** Paths of fields the person has left. */
  readonly left: ReadonlySet<string>;
  /** The person has tried to hand the section in: what is missing is shown too. */
  readonly tried: boolean;
  /** What the last refused step said about fields. */
  readonly problems: readonly Problem[];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const faultOf = (scene: MarkScene, name: string, local: ReadonlyMap<string, string>): string | undefined => {
  const { section, values, queue, left, tried, problems } = scene;
  const path = pathOf(section.id, name);
  const fault = local.get(name);
  if (fault !== undefined) {
    // Nobody is told off for what they have not come to yet, nor in the middle of a word.
    const due = tried || (!isEmpty(values[name]) && (left.has(path) || queue[path] === undefined));
    return due ? fault : undefined;
  }
  if (queue[path] !== undefined) return undefined;
  return (
    problems.find((one) => one.path === path)?.message ?? section.faults.find(({ field }) => field === name)?.message
  );
};

/** Every doubt about a field as one text; undefined without any. */
export const warningOf = (warnings: MarkedSection['warnings'], name: string): string | undefined => {
  const messages = warnings.filter(({ field }) => field === name).map(({ message }) => message);
  return messages.length === 0 ? undefined : messages.join('；');
};

/** Marks for every field of a section. Faults are found here as on the server, so they show while one types. */
export const fieldMarksOf = (scene: MarkScene): ((name: string) => FieldMarks) => {
  const { section, fields, values, queue, opened } = scene;
  const local = new Map(faultsOf(fields, values).map(({ field, message }) => [field, message]));
  return (name) => ({
    fault: faultOf(scene, name, local),
    warning: warningOf(section.warnings, name),
    reading: section.readings?.[name],
    changed: !isEmpty(opened[name]) && !sameValue(opened[name], values[name]),
    unsaved: queue[pathOf(section.id, name)],
  });
};
