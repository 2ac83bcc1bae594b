import { writeDetails } from '#areas/governance/person/server/person.store.ts';
import { sealedColumns } from '#areas/governance/person/server/person-entry.ts';
import { type Client, clientOf } from '#kernel/contract/client.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { noticeContract } from '#practices/notice/model/notice.contract.ts';
import type { TestProduct } from './product.ts';

/** What a person, signed in by that cookie, can call of a contract. */
export const clientWith = <C extends Contract>(
  { url: baseUrl }: Pick<TestProduct, 'url'>,
  contract: C,
  cookie: string,
): Client<C> =>
  clientOf(contract, {
    baseUrl,
    fetch: (url, { headers, ...init }) => fetch(url, { ...init, headers: { ...headers, cookie } }),
  });

/** What a person was told of a matter: the titles, the oldest first. */
export const titlesTold = async (
  it: Pick<TestProduct, 'url'>,
  cookie: string,
  matterId: string,
): Promise<readonly string[]> => {
  const { rows } = await clientWith(it, noticeContract, cookie).list({ size: 100 });
  return rows
    .filter(({ matter }) => matter.id === matterId)
    .map(({ title }) => title)
    .reverse();
};

/** What the account of a demo person says about reaching them. */
export const reachedAt = async (
  { crypto, database }: Pick<TestProduct, 'crypto' | 'database'>,
  who: string,
  values: { readonly phone?: string | null; readonly email?: string },
): Promise<void> => {
  const id = `demo-${who}`;
  const columns = await sealedColumns(crypto, id, values);
  await inTransaction(database.db, (tx) => writeDetails(tx, id, columns, false));
};
