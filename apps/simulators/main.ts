import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { readEnvironment } from './environment.ts';
import { simulators, usualSettings } from './simulators.ts';

const start = async (): Promise<void> => {
  const { port, host, callbackUrl, keys, peerPublicKey, sealKey, stateFile, signOnRedirect, oneStopRedirect } =
    readEnvironment(process.env);
  const app = await simulators({
    keys,
    peer: { appId: 'sww-supervision', publicKey: peerPublicKey },
    sealKey,
    settings: usualSettings(callbackUrl),
    ...(stateFile === undefined ? {} : { stateFile }),
    ...(signOnRedirect === undefined ? {} : { signOnRedirect }),
    ...(oneStopRedirect === undefined ? {} : { oneStopRedirect }),
    clock: () => new Date(),
  });

  const stop = (): void => void app.close().finally(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Whoever forked this program is gone, however it went: without it the simulators have nothing to do.
  process.once('disconnect', stop);

  await app.listen({ port, host });
  // A server listening on a host and port has an AddressInfo for an address.
  const { port: taken } = app.server.address() as AddressInfo;
  if (process.send) process.send({ ready: true, port: taken });
  else console.log(`外部系统仿真器已启动：http://${host.includes(':') ? `[${host}]` : host}:${taken}/`);
  if (process.connected === false) stop();
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error)) return error.message;
  if (error.code === 'EADDRINUSE') return '端口已被占用，请用 SIMULATORS_PORT 另设一个';
  if (error.code === 'EADDRNOTAVAIL') return '本机没有这个地址，请检查 SIMULATORS_HOST';
  return error.message;
};

z.config(z.locales.zhCN());
await start().catch((error: unknown) => {
  console.error(reasonOf(error));
  process.exit(1);
});
