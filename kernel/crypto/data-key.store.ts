import { createSecretKey } from 'node:crypto';
import type { Db, Tx } from '#kernel/db/database.ts';
import type { KeyState, RenewedPurpose } from './crypto.ts';
import { derive, firstKey } from './key-ring.ts';
import { keyIdOf, openText, type PurposeKeys, sealText } from './sealed-text.ts';

/** A version of a purpose's key as it lies in the database. */
export interface DataKeyRow {
  purpose: RenewedPurpose;
  id: string;
  version: number;
  state: KeyState['state'];
  /** Null: the first key, derived from a master key itself, which was never renewed since. */
  sealed_root: string | null;
  /** What it was made for: a rotation, or `first`. */
  cause: string;
  created_at: Date;
  superseded_at: Date | null;
  retired_at: Date | null;
}

/** When the data keys were sealed anew under another master key. */
export interface MasterChangeRow {
  /** {@link masterIdOf} of the master key they lie under since. */
  id: string;
  at: Date;
}

type Tables = {
  'kernel.data_key': DataKeyRow;
  'kernel.key_rotation_turn': { id: string };
  'kernel.master_key_change': MasterChangeRow;
};

/** The data in the database were sealed under another master key than the ones given. The message is for the operator. */
export class MasterKeyWrong extends Error {
  constructor() {
    super(
      '主密钥与数据库中的数据不相符：数据是用另一把主密钥加密的，请换回原来的主密钥文件；正在更换主密钥的，请把新主密钥文件（主密钥文件名后加 .next）也放到本机',
    );
  }
}

/** The tables of keys. */
export const keyTables = (db: Db | Tx) => db.withTables<Tables>();

/** Every version of every key. */
export const listDataKeys = (db: Db | Tx): Promise<readonly DataKeyRow[]> =>
  keyTables(db).selectFrom('kernel.data_key').selectAll().execute();

/** Waits for whoever else adds keys or seals them anew; until the end of the transaction nobody else does. */
export const holdKeys = async (tx: Tx): Promise<void> => {
  await keyTables(tx).selectFrom('kernel.key_rotation_turn').select('id').forUpdate().execute();
};

/** What a master key is known by; tells nothing of it. Not the id of the first keys: those are derived from it for another use. */
export const masterIdOf = (master: Buffer): string => derive(master, 'data-key-id').subarray(0, 4).toString('hex');

const keysOf = (master: Buffer): PurposeKeys => ({
  cipher: createSecretKey(derive(master, 'cipher:data-key').subarray(0, 16)),
  mac: createSecretKey(derive(master, 'mac:data-key')),
});

const placeOf = ({ purpose, id, version }: Pick<DataKeyRow, 'purpose' | 'id' | 'version'>): string =>
  `kernel.data_key:${purpose}:${id}:${version}`;

/** The root of a key as it is kept under a master key. */
export const sealRoot = (
  master: Buffer,
  row: Pick<DataKeyRow, 'purpose' | 'id' | 'version'>,
  root: Uint8Array,
): string => sealText(keysOf(master), { keyId: masterIdOf(master), purpose: 'data-key', place: placeOf(row) }, root);

/** Of several master keys the one a key lies under. Errors: throws {@link MasterKeyWrong} when it is none of them. */
export const masterOf = (masters: readonly Buffer[], { id, sealed_root }: DataKeyRow): Buffer => {
  const found = masters.find((master) =>
    sealed_root === null ? firstKey(master).id === id : masterIdOf(master) === keyIdOf(sealed_root),
  );
  if (!found) throw new MasterKeyWrong();
  return found;
};

/** The root of a key. Errors: throws {@link MasterKeyWrong}, or SealBroken for an altered row. */
export const openRoot = (masters: readonly Buffer[], row: DataKeyRow): Buffer => {
  const master = masterOf(masters, row);
  if (row.sealed_root === null) return master;
  const binding = { keyId: masterIdOf(master), purpose: 'data-key', place: placeOf(row) };
  return Buffer.from(openText(keysOf(master), binding, row.sealed_root));
};
