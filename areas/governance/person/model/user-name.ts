import { toHalfWidth } from '#practices/identity-codes/model/verdict.ts';

const bare = /^[a-z][a-z0-9._-]{2,19}$/;

/** Full-width letters and capitals become what is stored. */
export const normaliseUserName = (raw: string): string => toHalfWidth(raw).trim().toLowerCase();

/**
 * The end of the user names of an organisation: its own code within the credit code (characters 9 to 17). Names with it can only
 * be given in that organisation, so whoever manages one never learns, by trying names, who has an account elsewhere.
 */
export const nameEnding = (creditCode: string): string => `@${creditCode.slice(8, 17).toLowerCase()}`;

/** What a new user name becomes, or what is wrong with it. */
export type NamedUser =
  | { readonly ok: true; readonly userName: string }
  | { readonly ok: false; readonly message: string };

const shape = '用户名应为 3 至 20 位小写字母、数字或 . _ -，以字母开头';

/**
 * The user name under which an account is opened. `ending` is that of the person's organisation, null where there is none;
 * `ownNames`: the asker may give names with that ending only, and need not type it.
 */
export const newUserName = (raw: string, ending: string | null, ownNames: boolean): NamedUser => {
  const typed = normaliseUserName(raw);
  const stem = ending !== null && typed.endsWith(ending) ? typed.slice(0, -ending.length) : typed;
  if (stem.includes('@')) {
    return { ok: false, message: ending === null ? shape : `“@”之后只能是本单位的 ${ending}，也可以不填` };
  }
  if (!bare.test(stem)) return { ok: false, message: shape };
  const ended = ending !== null && (ownNames || stem !== typed);
  return { ok: true, userName: ended ? `${stem}${ending}` : stem };
};
