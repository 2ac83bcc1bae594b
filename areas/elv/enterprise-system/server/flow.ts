import type { Crypto } from '#kernel/crypto/crypto.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { type Engine, engineOf, type Hook } from '#kernel/lifecycle/engine.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { latestAction } from '#kernel/lifecycle/step.store.ts';
import { type EnterpriseSystem, enterpriseSystem } from '../model/enterprise-system.lifecycle.ts';
import { type FoundSystem, noteDecision, sealSystem, systemStore } from './enterprise-system.store.ts';
import { type SystemParts, signAsPlatform } from './system-desk.ts';

/** The hooks the definition may name. */
export const hookNames = ['seal-key'] as const;

/** What a system calls under: the first 32 digits of the SM3 of its public key, so that whoever has the key knows it. */
export const appIdOf = (publicKey: string): string => sm3Hex(Buffer.from(publicKey, 'hex')).slice(0, 32);

/** Our seal over what was confirmed: a key, an address or an end changed past the program is found out at the next call. Source: tender T5.5. */
export const sealOf = (crypto: Crypto, id: string, enterpriseId: string, record: EnterpriseSystem): Promise<string> => {
  const { publicKey, ranges, validUntil, webhookUrl } = record;
  return crypto.hmac(
    'enterprise-system',
    JSON.stringify([id, enterpriseId, publicKey, ranges, validUntil, webhookUrl]),
  );
};

/** Whether a system in force stands as it was confirmed: under our seal, and with the confirmation as its last signed step, so that a row set back past the program lets nobody in. Source: tender T5.5. */
export const standsAsConfirmed = async (
  { db, crypto }: Pick<SystemParts, 'crypto'> & { readonly db: Db | Tx },
  { id, record, row }: FoundSystem,
): Promise<boolean> =>
  row.seal === (await sealOf(crypto, id, row.enterprise_id, record)) &&
  (await latestAction(db, enterpriseSystem.id, id)) === 'confirm';

/** Builds the engine of enterprises' systems. */
export const systemEngine = (parts: SystemParts): Engine<EnterpriseSystem, FoundSystem> => {
  const { db, clock, crypto, signer } = parts;
  const none = (): never => {
    throw new Error('a system of an enterprise has neither messages nor deadlines');
  };
  const sealKey: Hook<EnterpriseSystem, FoundSystem> = async ({ tx, before, after }) => {
    const { enterprise_id: enterpriseId } = before.row;
    const seal = await sealOf(crypto, after.id, enterpriseId, after.record);
    await sealSystem(tx, after.id, seal, after.record.webhookUrl === null ? null : enterpriseId);
    // The enterprise is shown the key that messages are checked with as soon as there may be one.
    await signAsPlatform(parts, tx, 'public key of the platform');
    return {};
  };
  return engineOf<EnterpriseSystem, FoundSystem>({
    db,
    clock,
    lifecycles: [widened(enterpriseSystem)],
    store: systemStore,
    send: none,
    hooks: { 'seal-key': sealKey },
    deadline: none,
    sign: (tx, actor, digest) => signer.sign(tx, actor.id, digest),
    changes: async () => [],
    digestible: (record) => record,
    entered: async ({ tx, before, actor, now }) => {
      // Whoever registers is noted with the registration itself.
      if (before.state !== enterpriseSystem.initial) await noteDecision(tx, before.id, actor.name, now);
    },
  });
};
