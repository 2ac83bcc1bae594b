import type { CallContext } from '#kernel/contract/mount.ts';
import { checkIdentityNumber } from '#practices/identity-codes/model/identity-number.ts';
import { normalisePersonName } from '#practices/identity-codes/model/person-name.ts';
import { rowsFor } from './practitioner-access.ts';
import { daysOf, type PractitionerDesk } from './practitioner-desk.ts';
import type { ListScope } from './practitioner-list.store.ts';
import { nameIndexes, numberIndexes } from './practitioner-seal.ts';

/** What a text searches for, as the log may know it: never the text itself, which is a name or a number of somebody. */
export const searchedFor = (q: string): 'identity-number' | 'name' =>
  checkIdentityNumber(q).ok ? 'identity-number' : 'name';

/** The people a list or an export speaks of, within the rows of every verb named. */
export const scopeOf = async (
  desk: PractitionerDesk,
  { subject, now }: CallContext,
  q: string | undefined,
  verbs: readonly ('read' | 'export')[],
): Promise<ListScope> => {
  const { access, crypto } = desk;
  const number = checkIdentityNumber(q ?? '');
  return {
    rows: { all: verbs.map((verb) => rowsFor(access, subject, verb)) },
    days: await daysOf(desk, now),
    nameIndexes: q ? await nameIndexes(crypto, normalisePersonName(q)) : [],
    numberIndexes: q ? await numberIndexes(crypto, number.ok ? number.value : q) : [],
  };
};
