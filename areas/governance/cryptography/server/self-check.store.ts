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

/** So many steps are looked at to find one that is signed; steps that outside systems take are not. */
const stepsToOneSigned = 25;

/** The kinds of cases that have steps, from one to the next by the index. */
const kindsStepped = async (db: Db): Promise<readonly string[]> => {
  const found: string[] = [];
  for (let after = ''; ; ) {
    const { rows } = await sql<{ kind: string }>`select case_type as kind from kernel.step
      where case_type > ${after} order by case_type limit 1`.execute(db);
    const [next] = rows;
    if (!next) return found;
    after = next.kind;
    found.push(after);
  }
};

/** The newest signed steps of the newest cases: ids are made of the time, and no index over all steps is needed to find them. */
export const newestSignedSteps = async (db: Db, most: number): Promise<readonly SignedDigest[]> => {
  const found: (SignedDigest & { readonly at: Date })[] = [];
  for (const kind of await kindsStepped(db)) {
    const { rows } = await sql<
      SignedDigest & { readonly at: Date }
    >`select digest, public_key, signature, at from (select digest, public_key, signature, at from kernel.step
      where case_type = ${kind} order by case_id desc, seq desc limit ${sql.lit(most * stepsToOneSigned)}) newest
      where signature is not null and public_key is not null`.execute(db);
    found.push(...rows);
  }
  return found.sort((one, other) => other.at.getTime() - one.at.getTime()).slice(0, most);
};

/** The newest stored files; their keys are made of the time. */
export const newestFiles = async (db: Db, most: number) => {
  const { rows } = await sql<{ store_key: string; sm3: string }>`select store_key, sm3 from kernel.file
    order by store_key desc limit ${sql.lit(most)}`.execute(db);
  return rows;
};

/** The append-only tables the serving user could nevertheless change. */
export const changeableTables = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select distinct table_schema || '.' || table_name as name
    from information_schema.table_privileges where grantee = current_user and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
    and table_schema = 'kernel' and table_name in ('step', 'audit_entry', 'audit_seal') order by 1`.execute(db);
  return rows.map(({ name }) => name);
};
