import { z } from 'zod';
import type { Clock } from '#kernel/time/clock.ts';
import type { CloudDoor } from './cloud-door.ts';
import {
  type Crypto,
  indexPurpose,
  type KeyKeeper,
  type KeyPurpose,
  type KeyState,
  keyPurposes,
  SealBroken,
} from './crypto.ts';
import type { CryptoEdition } from './edition.ts';
import { gathered } from './gathered.ts';
import { sm2Sign } from './sm2.ts';

const scheme = 'c1';
const itemsOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const sealedItem = z.object({ keyId: z.string().regex(/^[0-9A-Za-z_-]{1,40}$/), text: z.string().regex(/^[\w-]+$/) });
const openedItem = z.union([z.object({ plain: z.base64() }), z.object({ broken: z.literal(true) })]);
const time = z.iso.datetime().transform((text) => new Date(text));
const keyList = z.object({
  keys: z.array(
    z.object({
      purpose: z.enum([...keyPurposes, indexPurpose]),
      id: z.string(),
      version: z.number(),
      state: z.enum(['current', 'superseded', 'retired']),
      createdAt: time,
      supersededAt: time.nullable(),
      retiredAt: time.nullable(),
    }),
  ),
});

/** Keys whose private part never leaves the service are named by a handle. */
const handleShape = /^kms:[0-9a-f]{32}$/;

/** How long the list of keys is believed, in ms. */
const freshMs = 5_000;

const partsOf = (sealed: string): { readonly keyId: string; readonly text: string } => {
  const [of, keyId, text, ...rest] = sealed.split('.');
  if (of !== scheme || !keyId || !text || rest.length > 0) throw new SealBroken('sealed text of an unknown scheme');
  return { keyId, text };
};

/** Files go to the service for storage, everything else to the one for the database. Source: tender R55 (4). */
const serviceOf = (purpose: KeyPurpose): '/storage' | '/database' => (purpose === 'file' ? '/storage' : '/database');

const sealingOver = (door: CloudDoor): Pick<Crypto, 'seal' | 'open' | 'hmac' | 'hmacs'> => {
  const sealTo = (service: '/storage' | '/database') =>
    gathered(
      async (items: readonly object[]) => (await door.ask(`${service}/seal`, { items }, itemsOf(sealedItem))).items,
    );
  const openFrom = (service: '/storage' | '/database') =>
    gathered(
      async (items: readonly object[]) => (await door.ask(`${service}/open`, { items }, itemsOf(openedItem))).items,
    );
  const seals = { '/storage': sealTo('/storage'), '/database': sealTo('/database') };
  const opens = { '/storage': openFrom('/storage'), '/database': openFrom('/database') };
  const digests = gathered(
    async (items: readonly object[]) =>
      (await door.ask('/database/digest', { items }, itemsOf(z.object({ digests: z.array(z.string()).min(1) })))).items,
  );
  const hmacs: Crypto['hmacs'] = async (purpose, data) => (await digests({ purpose, data })).digests;
  return {
    hmac: async (purpose, data) => (await hmacs(purpose, data))[0] ?? '',
    hmacs,
    seal: async (purpose, plain, place) => {
      const { keyId, text } = await seals[serviceOf(purpose)]({
        purpose,
        place,
        plain: Buffer.from(plain).toString('base64'),
      });
      return `${scheme}.${keyId}.${text}`;
    },
    open: async (purpose, sealed, place) => {
      const answer = await opens[serviceOf(purpose)]({ purpose, place, ...partsOf(sealed) });
      if ('broken' in answer) throw new SealBroken('sealed text was altered, moved, or is of a retired key');
      return Buffer.from(answer.plain, 'base64');
    },
  };
};

const signingOver = (door: CloudDoor, certified: boolean): Pick<Crypto, 'newKeyPair' | 'signWith' | 'verify'> => {
  const signed = z.union([z.object({ signature: z.base64() }), z.object({ broken: z.literal(true) })]);
  const sign = gathered(
    async (items: readonly object[]) => (await door.ask('/signature/sign', { items }, itemsOf(signed))).items,
  );
  const verify = gathered(
    async (items: readonly object[]) =>
      (await door.ask('/signature/verify', { items }, itemsOf(z.object({ valid: z.boolean() })))).items,
  );
  return {
    newKeyPair: async () => {
      const made = await door.ask('/signature/new-key', {}, z.object({ handle: z.string(), publicKey: z.string() }));
      return { publicKey: made.publicKey, privateKey: made.handle };
    },
    signWith: async (privateKey, data) => {
      if (!handleShape.test(privateKey)) {
        // Keys from before the service, and keys agreed with outside systems in a file.
        if (certified) throw new Error('a key outside the certified service may not sign');
        return sm2Sign(privateKey, data).toString('base64');
      }
      const answer = await sign({ handle: privateKey, data: Buffer.from(data).toString('base64') });
      if ('broken' in answer) throw new Error('the signing key is not in the service');
      return answer.signature;
    },
    verify: async (publicKey, data, signature) =>
      (await verify({ publicKey, data: Buffer.from(data).toString('base64'), signature })).valid,
  };
};

const keeperOver = (door: CloudDoor, clock: Clock): KeyKeeper => {
  let kept: { readonly at: number; readonly keys: readonly KeyState[] } | undefined;
  const read = async (): Promise<readonly KeyState[]> => {
    const { keys } = await door.ask('/keys/list', {}, keyList);
    kept = { at: clock.now().getTime(), keys };
    return keys;
  };
  const known = async (): Promise<readonly KeyState[]> =>
    kept && Math.abs(clock.now().getTime() - kept.at) <= freshMs ? kept.keys : read();
  return {
    list: read,
    renew: async (cause) => {
      await door.ask('/keys/renew', { cause }, z.object({}));
      await read();
    },
    retire: async () => {
      await door.ask('/keys/retire', {}, z.object({}));
      await read();
    },
    isCurrent: async (purpose, sealed) => {
      const { keyId } = partsOf(sealed);
      return (await known()).some((key) => key.purpose === purpose && key.id === keyId && key.state === 'current');
    },
    supersededMarks: async () =>
      (await read()).flatMap(({ id, state }) => (state === 'superseded' ? [`${scheme}.${id}.`] : [])),
  };
};

/**
 * The cloud edition: every key lives in the platform's services and never leaves them. `certified` is what the service says of itself. Source: tender R55
 * (security gateway, signature, database encryption, storage encryption), T5.8.
 */
export const cloudEdition = (door: CloudDoor, clock: Clock, certified: boolean): CryptoEdition => ({
  crypto: { certified, ...sealingOver(door), ...signingOver(door, certified) },
  keeper: keeperOver(door, clock),
});

/**
 * The cloud edition over data that were sealed by the software edition: what stands is opened by the one it was sealed by, what is written is sealed by the
 * cloud, and the renewal of keys moves everything over. Digests that are never renewed stay where they were made.
 */
export const movingEdition = (cloud: CryptoEdition, software: CryptoEdition): CryptoEdition => {
  const isCloud = (sealed: string): boolean => sealed.startsWith(`${scheme}.`);
  const isIndex = (purpose: string): boolean => purpose.startsWith(`${indexPurpose}:`);
  return {
    crypto: {
      ...cloud.crypto,
      hmac: (purpose, data) => (isIndex(purpose) ? cloud : software).crypto.hmac(purpose, data),
      hmacs: async (purpose, data) =>
        isIndex(purpose)
          ? [...(await cloud.crypto.hmacs(purpose, data)), ...(await software.crypto.hmacs(purpose, data))]
          : software.crypto.hmacs(purpose, data),
      open: (purpose, sealed, place) => (isCloud(sealed) ? cloud : software).crypto.open(purpose, sealed, place),
    },
    keeper: {
      list: async () => [...(await cloud.keeper.list()), ...(await software.keeper.list())],
      renew: async (cause) => {
        await cloud.keeper.renew(cause);
        await software.keeper.close?.();
      },
      retire: async () => {
        await cloud.keeper.retire();
        await software.keeper.retire();
      },
      ...(software.keeper.master ? { master: software.keeper.master } : {}),
      isCurrent: async (purpose, sealed) => isCloud(sealed) && cloud.keeper.isCurrent(purpose, sealed),
      supersededMarks: async () => [
        ...(await cloud.keeper.supersededMarks()),
        ...(await software.keeper.supersededMarks()),
      ],
    },
  };
};
