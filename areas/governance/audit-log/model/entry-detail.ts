import { z } from 'zod';
import { codeWords, fieldNames, detailNames as names } from './detail-words.ts';

/** What an entry tells beside who, when and what, in words: values before and after, and the rest by name. */
export const shownDetailView = z.object({
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  rest: z.array(z.object({ name: z.string(), value: z.string() })),
});
/** See {@link shownDetailView}. */
export type ShownDetail = z.output<typeof shownDetailView>;
type ShownChange = ShownDetail['changes'][number];

/** What a code that stands under a name in a detail is called; undefined for what is no code. */
export type ValueTitle = (name: string, value: string) => string | undefined;

const noTitle: ValueTitle = () => undefined;
const nothing = '空';

type Words = (value: unknown, key?: string) => string;

const wordsWith = (titleOf: ValueTitle): Words => {
  const words: Words = (value, key = '') => {
    if (value === null || value === undefined || value === '') return nothing;
    if (typeof value === 'boolean') return value ? '是' : '否';
    if (typeof value === 'string') return codeWords[key]?.[value] ?? titleOf(key, value) ?? value;
    if (Array.isArray(value)) return value.map((one) => words(one, key)).join('、') || nothing;
    return typeof value === 'object'
      ? Object.entries(value)
          .map(([name, one]) => `${names[name] ?? name}：${words(one, name)}`)
          .join('；') || nothing
      : String(value);
  };
  return words;
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
const listed = (changes: unknown, words: Words): readonly ShownChange[] => {
  if (Array.isArray(changes))
    return changes.filter(isChange).map(({ field, title, before, after }) => ({
      field: title === undefined ? words(field, 'field') : words(title),
      before: words(before),
      after: words(after),
    }));
  return Object.entries(typeof changes === 'object' && changes !== null ? changes : {}).map(([field, change]) => ({
    field: fieldNames[field] ?? names[field] ?? field,
    before: isPair(change) ? words(change.was, field) : nothing,
    after: words(isPair(change) ? change.now : change, field),
  }));
};

/** Before and after, wherever the detail keeps them: a list of changes, `was` and what it became, a state left and reached. The rest by name. */
export const shownDetail = (detail: Readonly<Record<string, unknown>>, titleOf: ValueTitle = noTitle): ShownDetail => {
  const words = wordsWith(titleOf);
  const { changes, was, value, from, to, ...others } = detail;
  const shown = [...listed(changes, words)];
  if ('was' in detail) {
    const ofRoles = detail.why === 'enterprise-roles';
    const became = 'value' in detail ? value : ofRoles ? others.now : others.kind;
    shown.push({
      field: ofRoles ? '角色' : typeof detail.title === 'string' ? detail.title : '值',
      before: words(was, ofRoles ? 'roles' : ''),
      after: words(became, ofRoles ? 'roles' : ''),
    });
  }
  if ('from' in detail && 'to' in detail)
    shown.push({ field: '状态', before: words(from, 'state'), after: words(to, 'state') });
  const hidden = new Set(
    'was' in detail && !('value' in detail) ? [detail.why === 'enterprise-roles' ? 'now' : 'kind'] : [],
  );
  const rest = Object.entries(others)
    .filter(([key]) => !hidden.has(key))
    .map(([key, one]) => ({ name: names[key] ?? key, value: words(one, key) }));
  return { changes: shown, rest };
};

/** The same in one line, for lists. */
export const detailInWords = (detail: Readonly<Record<string, unknown>>, titleOf: ValueTitle = noTitle): string => {
  const { changes, rest } = shownDetail(detail, titleOf);
  return [
    ...changes.map(({ field, before, after }) => `${field}：由“${before}”改为“${after}”`),
    ...rest.map(({ name, value }) => `${name}：${value}`),
  ].join('；');
};
