import { sql } from 'kysely';
import type { SealedRow, SealedTable } from '#kernel/crypto/sealed-table.ts';
import type { Db } from '#kernel/db/database.ts';

/** The last rows of a sealed table by its key: new ones and, where keys are made of the time, the newest. */
export const someSealedRows = async (db: Db, { table, key, columns }: SealedTable, most: number) => {
  const names = sql.join([...new Set([...key, ...columns])].map((name) => sql.ref(name)));
  const order = sql.join(key.map((name) => sql`${sql.ref(name)} desc`));
  const { rows } =
    await sql<SealedRow>`select ${names} from ${sql.table(table)} order by ${order} limit ${sql.lit(most)}`.execute(db);
  return rows;
};

/** A signed step, as far as its signature goes. */
export interface SignedDigest {
  readonly digest: string;
  readonly public_key: string;
  readonly signature: string;
}

/** The newest signed steps. */
export const newestSignedSteps = async (db: Db, most: number): Promise<readonly SignedDigest[]> => {
  const { rows } = await sql<SignedDigest>`select digest, public_key, signature from kernel.step
    where signature is not null and public_key is not null order by at desc limit ${sql.lit(most)}`.execute(db);
  return rows;
};

/** The newest stored files. */
export const newestFiles = async (db: Db, most: number) => {
  const { rows } = await sql<{ store_key: string; sm3: string }>`select store_key, sm3 from kernel.file
    order by uploaded_at desc limit ${sql.lit(most)}`.execute(db);
  return rows;
};

/** The append-only tables the serving user could nevertheless change. */
export const changeableTables = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select distinct table_schema || '.' || table_name as name
    from information_schema.table_privileges where grantee = current_user and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
    and table_schema = 'kernel' and table_name in ('step', 'audit_entry', 'audit_seal') order by 1`.execute(db);
  return rows.map(({ name }) => name);
};
