import type { Subject } from '#kernel/access/access.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { PersonParts } from './person.parts.ts';
import { findSameIdentity, takenNames, withinRows } from './person.store.ts';
import { personRows } from './person-access.ts';
import { indexesOf } from './person-seal.ts';

/** Somebody to be entered, as far as they may be there already. */
export interface Entrant {
  readonly userName: string;
  readonly organisationId: string | null;
  readonly identityNo: string;
}

/** What is there already of an entrant. */
export interface Collision<T> {
  readonly entrant: T;
  readonly field: 'userName' | 'identityNo';
  readonly message: string;
}

const nameTaken = '这个用户名已有人使用，请换一个';
/** For whoever may not list who has the name: says that it cannot be had, not that somebody has it. */
const nameRefused = '这个用户名不能使用，请换一个';
const identityTaken = '这个身份证号码已开过账号，请先查找核对';

type Parts = Pick<PersonParts, 'access' | 'accounts' | 'crypto'>;

const byName = async <T extends Entrant>(
  { access }: Parts,
  db: Db | Tx,
  subject: Subject,
  entrants: readonly T[],
): Promise<readonly Collision<T>[]> => {
  const taken = await takenNames(
    db,
    entrants.map(({ userName }) => userName),
  );
  const listable = await withinRows(db, personRows(access, subject, 'governance.person:read'), [...taken.values()]);
  return entrants.flatMap((entrant) => {
    const holder = taken.get(entrant.userName);
    if (holder === undefined) return [];
    return [{ entrant, field: 'userName' as const, message: listable.has(holder) ? nameTaken : nameRefused }];
  });
};

/** Who has an identity number at the same place; of people of the platform also whoever the government's sign-on leads to. */
const byIdentity = async <T extends Entrant>(
  { access, accounts, crypto }: Parts,
  db: Db | Tx,
  subject: Subject,
  organisationId: string | null,
  entrants: readonly T[],
): Promise<readonly Collision<T>[]> => {
  const entrantOf = new Map<string, T>();
  for (const entrant of entrants) {
    for (const index of await indexesOf(crypto, 'identityNo', entrant.identityNo)) entrantOf.set(index, entrant);
  }
  const found: { id: string; index: string }[] = [
    ...(await findSameIdentity(db, organisationId, [...entrantOf.keys()])),
  ];
  if (organisationId === null) {
    for (const index of entrantOf.keys()) {
      const holder = await accounts.findByIdentity(db, [index]);
      if (holder) found.push({ id: holder.id, index });
    }
  }
  const listable = await withinRows(
    db,
    personRows(access, subject, 'governance.person:read'),
    found.map(({ id }) => id),
  );
  return found.flatMap(({ id, index }) => {
    const entrant = entrantOf.get(index);
    return entrant && listable.has(id) ? [{ entrant, field: 'identityNo' as const, message: identityTaken }] : [];
  });
};

/**
 * What is there already of people to be entered: user names, and identity numbers at the same place. That somebody has it is told only of
 * those the asker may list; an identity number of anybody else is taken without a word.
 */
export const collisionsOf = async <T extends Entrant>(
  parts: Parts,
  db: Db | Tx,
  subject: Subject,
  entrants: readonly T[],
): Promise<readonly Collision<T>[]> => {
  const found = [...(await byName(parts, db, subject, entrants))];
  for (const [organisationId, group] of Map.groupBy(entrants, (one) => one.organisationId)) {
    found.push(...(await byIdentity(parts, db, subject, organisationId, group)));
  }
  return [...new Map(found.map((one) => [`${one.entrant.userName} ${one.field}`, one])).values()];
};
