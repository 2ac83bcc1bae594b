import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { dataLakePaths } from '#connectors/data-lake/wire.ts';
import { enforcementPaths } from '#connectors/enforcement/wire.ts';
import { hotlinePaths } from '#connectors/hotline/wire.ts';
import { identityPaths } from '#connectors/identity/wire.ts';
import { mailGatewayPaths, smsGatewayPaths } from '#connectors/message-gateway/wire.ts';
import { nationalCirculationPaths } from '#connectors/national-circulation/wire.ts';
import { oneStopPaths } from '#connectors/one-stop/wire.ts';
import { policePaths } from '#connectors/police/wire.ts';
import type { Wire } from '#kernel/connector/connector.ts';
import { ensureLinkKeys, type Link, linkOf } from '#kernel/connector/link.ts';
import { httpWire } from '#kernel/connector/wire.http.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { forEachOutside, type OutsideAddresses, type OutsideSystem } from './outside-addresses.ts';
import { SettingsWrong } from './settings.ts';

/** A link to each outside system. */
export type Links = Readonly<Record<OutsideSystem, Link>>;

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const peerSchema = z.strictObject({ appId: z.string().min(1), publicKey: hex(130), sealKey: hex(32) });
const agreedSchema = z.strictObject({
  // A key, or the handle of one that never leaves the cryptographic service.
  privateKey: z.union([hex(64), z.string().regex(/^kms:[0-9a-f]{32}$/)]),
  peers: z.strictObject({
    police: peerSchema,
    'national-circulation': peerSchema,
    identity: peerSchema,
    'data-lake': peerSchema,
    hotline: peerSchema,
    enforcement: peerSchema,
    'sms-gateway': peerSchema,
    'mail-gateway': peerSchema,
    'one-stop': peerSchema,
  }),
});

/** Links to the bundled simulators, with keys made on first use. */
export const simulatorLinks = async (linkKeysFile: string, crypto: Crypto): Promise<Links> => {
  // The simulators are told their own key in that file, so the keys are made here, whatever edition serves.
  const keys = await ensureLinkKeys(dirname(linkKeysFile), softwareCrypto(randomBytes(32)));
  return forEachOutside((system) =>
    linkOf(crypto, {
      privateKey: keys.ours.privateKey,
      peerPublicKey: keys.peer.publicKey,
      sealKey: keys.sealKey,
      peerAppId: `sim-${system}`,
    }),
  );
};

/** Links to real systems, with the keys agreed with each. Errors: throws {@link SettingsWrong} when the file is missing or malformed. */
export const agreedLinks = (linkKeysFile: string, crypto: Crypto): Links => {
  if (!existsSync(linkKeysFile)) throw new SettingsWrong(`LINK_KEYS_FILE 指向的文件 ${linkKeysFile} 不存在`);
  const parsed = agreedSchema.safeParse(JSON.parse(readFileSync(linkKeysFile, 'utf8')));
  if (!parsed.success) throw new SettingsWrong(`${linkKeysFile} 的内容不符合要求：\n${z.prettifyError(parsed.error)}`);
  const { privateKey, peers } = parsed.data;
  return forEachOutside((system) => {
    const { appId, publicKey, sealKey } = peers[system];
    return linkOf(crypto, { privateKey, peerPublicKey: publicKey, sealKey, peerAppId: appId });
  });
};

const paths = {
  police: policePaths,
  'national-circulation': nationalCirculationPaths,
  identity: identityPaths,
  'data-lake': dataLakePaths,
  hotline: hotlinePaths,
  enforcement: enforcementPaths,
  'sms-gateway': smsGatewayPaths,
  'mail-gateway': mailGatewayPaths,
  'one-stop': oneStopPaths,
};

/** A wire to each outside system. */
export const wiresTo = (
  addresses: OutsideAddresses,
  links: Links,
  clock: Clock,
): Readonly<Record<OutsideSystem, Wire>> =>
  forEachOutside((system) =>
    httpWire({ baseUrl: addresses[system], paths: paths[system], link: links[system], clock }),
  );
