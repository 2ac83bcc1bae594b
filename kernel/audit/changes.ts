import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { AnyDraft, Fields } from '#kernel/fields/field.ts';

/** One field before and after, as the log keeps it. Null where nothing stood or stands. */
export interface AuditChange {
  readonly field: string;
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Longer texts are cut: the log says what changed, the record itself is signed with its steps. */
const longest = 200;

const plain = (value: unknown): string | null => {
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

/**
 * What changed among fields, for the log. Open values stand as they are; of sealed ones only a keyed digest, so that the same value can be
 * recognised and none can be found by trying.
 */
export const auditChanges = async (
  crypto: Pick<Crypto, 'hmac'>,
  fields: Fields,
  before: AnyDraft,
  after: AnyDraft,
): Promise<readonly AuditChange[]> => {
  const shown = async (name: string, value: unknown): Promise<string | null> => {
    const text = plain(value);
    if (text === null || fields[name]?.sensitivity === 'open') return text;
    const full = typeof value === 'string' ? value : JSON.stringify(value);
    return `HMAC-SM3 ${(await crypto.hmac('audit-value', `${name}\n${full}`)).slice(0, 16)}`;
  };
  return Promise.all(
    Object.keys(after)
      .sort()
      .map(async (field) => ({
        field,
        title: fields[field]?.title ?? field,
        before: await shown(field, before[field]),
        after: await shown(field, after[field]),
      })),
  );
};
