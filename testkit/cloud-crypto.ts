import { cloudCrypto } from '#apps/simulators/cloud-crypto/server.ts';
import { vaultOf } from '#apps/simulators/cloud-crypto/vault.ts';
import { type CloudDoor, type CloudKeys, cloudDoor } from '#kernel/crypto/cloud-door.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { systemClock } from '#kernel/time/clock.ts';

/** The simulated cloud service on a port of its own, with the way to it. */
export interface TestCloud {
  readonly url: string;
  readonly keys: CloudKeys;
  readonly door: CloudDoor;
  close(): Promise<void>;
}

/** Starts the simulated cloud service with fresh keys, in memory alone. */
export const aCloudCrypto = async (options: { readonly certified?: boolean } = {}): Promise<TestCloud> => {
  const maker = softwareCrypto(Buffer.alloc(32, 1));
  const [service, application] = [await maker.newKeyPair(), await maker.newKeyPair()];
  const app = cloudCrypto({
    keys: service,
    peer: { appId: 'sww-supervision', publicKey: application.publicKey },
    vault: vaultOf(undefined, systemClock.now()),
    clock: systemClock.now,
    ...options,
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const keys = {
    appId: 'sww-supervision',
    privateKey: application.privateKey,
    servicePublicKey: service.publicKey,
  };
  return { url, keys, door: cloudDoor({ url, keys, clock: systemClock }), close: () => app.close() };
};
