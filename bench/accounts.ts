import { demoYardsAtWork } from '#apps/server/demo/accounts.ts';
import { ensureAccount } from '#areas/governance/account/server/account.store.ts';
import { accessListStore } from '#kernel/access/access-list.store.ts';
import { readMasterKey } from '#kernel/crypto/master-key.ts';
import { hashPassword } from '#kernel/crypto/password.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { inTransaction, openDatabase } from '#kernel/db/database.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { systemClock } from '#kernel/time/clock.ts';

/** The way into a product's data from beside it. */
export interface Inside {
  readonly databaseUrl: string;
  readonly masterKeyFile: string;
}

/** Kinds of people, with the role they hold. */
export const kinds = {
  clerk: 'elv-clerk',
  desk: 'elv-desk',
  commission: 'elv-commission',
  exporter: 'data-exporter',
} as const;

/** See {@link kinds}. */
export type Kind = keyof typeof kinds;

/** One password for all of them: they exist in throwaway data only. */
export const password = 'Bench-2026!';

/** An account to be made. */
export interface Wanted {
  readonly kind: Kind;
  readonly userName: string;
}

/** Adds accounts the way the demo adds its own: from inside, under the master key of the product's data folder. Clerks are spread over the yards that may accept vehicles. */
export const addAccounts = async ({ databaseUrl, masterKeyFile }: Inside, wanted: readonly Wanted[]): Promise<void> => {
  const passwordHash = await hashPassword(password);
  const crypto = softwareCrypto(await readMasterKey(masterKeyFile, false));
  const accessList = accessListStore({ crypto, signer: personalSigner(crypto, systemClock) });
  const { db, close } = openDatabase({ url: databaseUrl, poolSize: 1 });
  const at = systemClock.now();
  await inTransaction(db, async (tx) => {
    for (const [order, { kind, userName }] of wanted.entries()) {
      const organisationId = kind === 'clerk' ? (demoYardsAtWork[order % demoYardsAtWork.length]?.id ?? null) : null;
      await ensureAccount(tx, { id: userName, userName, name: `压测 ${userName}`, organisationId, passwordHash, at });
    }
    const by = { id: 'bench', name: '压测', organisationId: null, ip: '' };
    const holdings = wanted.map(({ kind, userName }) => ({ subjectId: userName, roleId: kinds[kind] }));
    await accessList.change(tx, { by, what: { why: 'bench' }, at, traceId: 'bench' }, (list) => ({
      ...list,
      holdings: [...list.holdings, ...holdings],
    }));
  });
  await close();
};
