import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { sm2 } from 'sm-crypto-v2';
import { z } from 'zod';
import { cloudCrypto } from './server.ts';
import { vaultOf } from './vault.ts';

const pair = z.object({
  privateKey: z.string().regex(/^[0-9a-f]{64}$/),
  publicKey: z.string().regex(/^04[0-9a-f]{128}$/),
});
const agreed = z.object({
  appId: z.string(),
  privateKey: pair.shape.privateKey,
  servicePublicKey: pair.shape.publicKey,
});

const environment = z.object({
  CRYPTO_PORT: z.coerce.number().int().min(0).max(65_535).default(8091),
  CRYPTO_HOST: z.string().default('127.0.0.1'),
  CRYPTO_KEYS_FILE: z.string().min(1, '应为与监管系统约定的密钥文件，没有时由仿真器生成'),
});

/** Both files are made on first use: what the supervision system signs with, and the service's own pair and vault beside it. */
const ensureKeys = (file: string) => {
  const own = `${file}.service`;
  if (!existsSync(file) || !existsSync(own)) {
    const [service, application] = [sm2.generateKeyPairHex(), sm2.generateKeyPairHex()];
    mkdirSync(dirname(file), { recursive: true });
    const put = (place: string, content: unknown): void => {
      const draft = `${place}.${randomBytes(4).toString('hex')}`;
      writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
      linkSync(draft, place);
      unlinkSync(draft);
    };
    put(own, { ...service, peerPublicKey: application.publicKey });
    put(file, { appId: 'sww-supervision', privateKey: application.privateKey, servicePublicKey: service.publicKey });
  }
  const { appId } = agreed.parse(JSON.parse(readFileSync(file, 'utf8')));
  const kept = pair.extend({ peerPublicKey: pair.shape.publicKey }).parse(JSON.parse(readFileSync(own, 'utf8')));
  return { keys: kept, peer: { appId, publicKey: kept.peerPublicKey } };
};

const start = async (): Promise<void> => {
  const env = environment.parse(process.env);
  const now = () => new Date();
  const app = cloudCrypto({
    ...ensureKeys(env.CRYPTO_KEYS_FILE),
    vault: vaultOf(`${env.CRYPTO_KEYS_FILE}.vault`, now()),
    clock: now,
  });
  const stop = (): void => void app.close().finally(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  console.log(`云密码服务仿真器已启动：${await app.listen({ port: env.CRYPTO_PORT, host: env.CRYPTO_HOST })}`);
};

z.config(z.locales.zhCN());
await start().catch((error: unknown) => {
  console.error(error instanceof z.ZodError ? z.prettifyError(error) : String(error));
  process.exit(1);
});
