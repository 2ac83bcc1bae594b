import { codeWords, fieldNames, detailNames as names } from '../model/detail-words.ts';

/** A value before and after. */
export interface ShownChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What an entry tells beside who, when and what, in words. */
export interface ShownDetail {
  readonly changes: readonly ShownChange[];
  readonly rest: readonly { readonly name: string; readonly value: string }[];
}

const nothing = '空';

const words = (value: unknown, key = ''): string => {
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return codeWords[key]?.[value] ?? value;
  if (Array.isArray(value)) return value.map((one) => words(one, key)).join('、') || nothing;
  return typeof value === 'object'
    ? Object.entries(value)
        .map(([name, one]) => `${names[name] ?? name}：${words(one, name)}`)
        .join('；') || nothing
    : String(value);
};

interface RawChange {
  readonly field?: unknown;
  readonly title?: unknown;
  readonly before?: unknown;
  readonly after?: unknown;
}

const isChange = (value: unknown): value is RawChange =>
  typeof value === 'object' && value !== null && 'field' in value;

const isPair = (value: unknown): value is { readonly was?: unknown; readonly now?: unknown } =>
  typeof value === 'object' && value !== null && ('was' in value || 'now' in value);

/** Changes as a list, or by field as facts about people keep them. */
const listed = (changes: unknown): readonly ShownChange[] => {
  if (Array.isArray(changes))
    return changes.filter(isChange).map(({ field, title, before, after }) => ({
      field: words(title ?? field),
      before: words(before),
      after: words(after),
    }));
  return Object.entries(typeof changes === 'object' && changes !== null ? changes : {}).map(([field, change]) => ({
    field: fieldNames[field] ?? names[field] ?? field,
    before: isPair(change) ? words(change.was) : nothing,
    after: words(isPair(change) ? change.now : change),
  }));
};

/** Before and after, wherever the detail keeps them: a list of changes, `was` and what it became, a state left and reached. The rest by name. */
export const shownDetail = (detail: Readonly<Record<string, unknown>>): ShownDetail => {
  const { changes, was, value, from, to, ...others } = detail;
  const shown = [...listed(changes)];
  if ('was' in detail) {
    const became = 'value' in detail ? value : others.kind;
    shown.push({
      field: typeof detail.title === 'string' ? detail.title : '值',
      before: words(was),
      after: words(became),
    });
  }
  if ('from' in detail && 'to' in detail) shown.push({ field: '状态', before: words(from), after: words(to) });
  const hidden = new Set('was' in detail && !('value' in detail) ? ['kind'] : []);
  const rest = Object.entries(others)
    .filter(([key]) => !hidden.has(key))
    .map(([key, one]) => ({ name: names[key] ?? key, value: words(one, key) }));
  return { changes: shown, rest };
};
