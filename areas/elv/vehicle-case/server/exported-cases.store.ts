import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import { endOfShanghaiDay, plusDays } from '#kernel/time/shanghai.ts';
import type { ExportFilter } from '../../case-export/model/case-export.contract.ts';
import { asAccepted, type VehicleCaseRecord } from '../model/vehicle-case.record.ts';
import { casesWhere, type ListedCase, type ListScope, listed } from './case-list.store.ts';
import { openRecord } from './record-seal.ts';

/** A case as an export reads it, by what it was accepted as, its personal values opened. */
export interface ExportedCase {
  readonly row: ListedCase;
  readonly record: VehicleCaseRecord;
}

/** Small, so that a statement is short, and rights and progress are looked at often. */
const pageSize = 100;

const meant = async (db: Db, crypto: Crypto, filter: ExportFilter, scope: ListScope) => {
  const { openedFrom, openedTo } = filter;
  return (await casesWhere(db, crypto, filter, scope))
    .$if(openedFrom !== undefined, (query) =>
      query.where('opened_at', '>', endOfShanghaiDay(plusDays(openedFrom ?? '', -1))),
    )
    .$if(openedTo !== undefined, (query) => query.where('opened_at', '<=', endOfShanghaiDay(openedTo ?? '')));
};

/** How many cases an export would have, counted no further than `upTo`. */
export const countExported = async (
  db: Db,
  crypto: Crypto,
  filter: ExportFilter,
  scope: ListScope,
  upTo: number,
): Promise<number> => {
  const some = (await meant(db, crypto, filter, scope)).select('id').limit(upTo).as('some');
  const { count } = await db
    .selectFrom(some)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

/**
 * The cases of an export page by page, those accepted last first, no more than `most`. Each page begins where the page before
 * ended: when a case was accepted never changes, so none is missed or told twice while others work, and memory does not grow.
 */
export async function* exportedPages(
  db: Db,
  crypto: Crypto,
  filter: ExportFilter,
  scope: ListScope,
  most: number,
): AsyncGenerator<readonly ExportedCase[]> {
  const query = (await meant(db, crypto, filter, scope))
    .select([...listed, 'record'])
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc');
  let left = most;
  let after: ListedCase | undefined;
  while (left > 0) {
    const size = Math.min(pageSize, left);
    const { opened_at: at, id } = after ?? { opened_at: null, id: '' };
    const page = await query
      .$if(at !== null, (rest) =>
        // The plain comparison lets the index begin there; the other tells apart what was accepted at the same moment.
        rest
          .where('opened_at', '<=', at as Date)
          .where((eb) => eb.or([eb('opened_at', '<', at as Date), eb('id', '<', id)])),
      )
      .limit(size)
      .execute();
    const cases: ExportedCase[] = [];
    for (const { record, ...row } of page) {
      cases.push({ row, record: asAccepted(await openRecord(crypto, row.id, record)) });
    }
    if (cases.length > 0) yield cases;
    left -= page.length;
    after = page.at(-1);
    if (page.length < size) return;
  }
}

/** What an enterprise is called on its newest case; undefined without any. */
export const enterpriseNameOf = async (db: Db, crypto: Crypto, enterpriseId: string, scope: ListScope) =>
  (
    await (
      await casesWhere(db, crypto, { enterpriseId }, scope)
    )
      .select('enterprise_name as name')
      .orderBy('state_since', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.name;
