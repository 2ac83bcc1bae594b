import type { CallPeer } from '#kernel/area/offers.ts';
import { callPeersOver } from '#kernel/area/peer-calls.ts';
import type { PeerDoorParts } from '#kernel/area/peer-door.ts';
import { peersDoor } from '#kernel/area/peer-signing.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Db } from '#kernel/db/database.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { areaIds } from './area-ids.ts';
import type { AreaSettings } from './area-settings.ts';
import type { AreasHere } from './compose.ts';
import { nobodyElse } from './product-parts.ts';

interface PeerGround {
  readonly db: Db;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly onFailure: (error: unknown, about?: object) => void;
}

const isSplit = ({ areas }: AreaSettings): boolean => areas.length < areaIds.length;

/** The way to the areas that run in other processes. */
export const callsToPeers = (settings: AreaSettings, ground: PeerGround): CallPeer =>
  isSplit(settings)
    ? callPeersOver({ ...ground, signer: personalSigner(ground.crypto, ground.clock), peers: settings.peers })
    : nobodyElse;

/** What the areas that run here offer to other processes; null where there are none. */
export const offeredToPeers = (
  settings: AreaSettings,
  ground: PeerGround,
  { areas, inbox }: Pick<AreasHere, 'areas' | 'inbox'>,
): PeerDoorParts | null => {
  if (!isSplit(settings)) return null;
  const keys = { ...ground, signer: personalSigner(ground.crypto, ground.clock) };
  return {
    offered: Object.fromEntries(areas.map(({ plan, offers }) => [plan.id, offers])),
    door: peersDoor(keys, inbox.takeNonce),
    keys,
  };
};
