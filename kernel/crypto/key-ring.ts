import { createHmac } from 'node:crypto';
import type { KeyState, RenewedPurpose } from './crypto.ts';

/** A version of a purpose's key with the secret it is derived from. */
export interface RingKey {
  readonly id: string;
  readonly version: number;
  readonly state: KeyState['state'];
  /** 32 bytes. */
  readonly root: Buffer;
}

/** The keys of every purpose, by their ids. */
export interface KeyRing {
  /** What digests that are never renewed are made with: the very first key, whatever became of it. */
  first(): Promise<RingKey>;
  current(purpose: RenewedPurpose): Promise<RingKey>;
  /** Undefined for a key that is not there. */
  find(purpose: RenewedPurpose, id: string): Promise<RingKey | undefined>;
  /** Every key that is not retired, the current one first. */
  readable(purpose: RenewedPurpose): Promise<readonly RingKey[]>;
}

/** A key derived for one use of a root. */
export const derive = (root: Buffer, label: string): Buffer => createHmac('sm3', root).update(label, 'utf8').digest();

/** The first version of every purpose: derived from the master key itself, as everything was before keys were ever renewed. */
export const firstKey = (masterKey: Buffer): RingKey => ({
  id: derive(masterKey, 'key-id').subarray(0, 4).toString('hex'),
  version: 1,
  state: 'current',
  root: masterKey,
});

/** A ring of first keys only: for what has no database of its own. */
export const firstRing = (masterKey: Buffer): KeyRing => {
  if (masterKey.length !== 32) throw new Error('the master key must have 32 bytes');
  const key = firstKey(masterKey);
  return {
    first: async () => key,
    current: async () => key,
    find: async (_purpose, id) => (id === key.id ? key : undefined),
    readable: async () => [key],
  };
};
