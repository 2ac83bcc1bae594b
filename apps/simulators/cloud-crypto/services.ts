import { sm2 } from 'sm-crypto-v2';
import { z } from 'zod';
import type { Vault } from './vault.ts';

/** One service of the platform: what it takes and what it answers. */
export interface Service {
  readonly path: `/${string}`;
  readonly title: string;
  answer(body: unknown, vault: Vault, now: Date): unknown;
}

const many = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item).max(500) });
const base64 = z.base64();
const word = z.string().min(1).max(200);

const service = <T extends z.ZodType>(
  path: Service['path'],
  title: string,
  input: T,
  answer: (input: z.output<T>, vault: Vault, now: Date) => unknown,
): Service => ({ path, title, answer: (body, vault, now) => answer(input.parse(body), vault, now) });

const signatureOptions = { hash: true, der: true } as const;

const verified = (publicKey: string, data: string, signature: string): boolean => {
  const der = Buffer.from(signature, 'base64');
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.toString('base64') !== signature) return false;
  try {
    return sm2.doVerifySignature(Buffer.from(data, 'base64'), der.toString('hex'), publicKey, signatureOptions);
  } catch {
    return false;
  }
};

const sealing = (prefix: '/database' | '/storage', title: string): readonly Service[] => [
  service(
    `${prefix}/seal`,
    `${title}：加密`,
    many(z.object({ purpose: word, place: z.string(), plain: base64 })),
    ({ items }, vault) => ({
      items: items.map(({ purpose, place, plain }) => vault.seal(purpose, Buffer.from(plain, 'base64'), place)),
    }),
  ),
  service(
    `${prefix}/open`,
    `${title}：解密`,
    many(z.object({ purpose: word, place: z.string(), keyId: word, text: z.string() })),
    ({ items }, vault) => ({
      items: items.map(({ purpose, place, keyId, text }) => {
        const plain = vault.open(purpose, keyId, text, place);
        return plain === undefined ? { broken: true } : { plain: plain.toString('base64') };
      }),
    }),
  ),
];

/** The services the cloud platform offers applications. Source: tender R55; their wire is our assumption, see the decision record on editions. */
export const services: readonly Service[] = [
  ...sealing('/database', '数据库加密服务'),
  ...sealing('/storage', '加密存储服务'),
  service(
    '/database/digest',
    '数据库加密服务：可检索摘要',
    many(z.object({ purpose: word, data: z.string() })),
    ({ items }, vault) => ({
      items: items.map(({ purpose, data }) => ({ digests: vault.digests(purpose, data) })),
    }),
  ),
  service('/signature/new-key', '签名验签服务：生成密钥', z.object({}), (_input, vault) => vault.newPair()),
  service(
    '/signature/sign',
    '签名验签服务：签名',
    many(z.object({ handle: word, data: base64 })),
    ({ items }, vault) => ({
      items: items.map(({ handle, data }) => {
        const pair = vault.findPair(handle);
        if (!pair) return { broken: true };
        const der = sm2.doSignature(Buffer.from(data, 'base64'), pair.privateKey, signatureOptions);
        return { signature: Buffer.from(der, 'hex').toString('base64') };
      }),
    }),
  ),
  service(
    '/signature/verify',
    '签名验签服务：验签',
    many(z.object({ publicKey: z.string(), data: base64, signature: z.string() })),
    ({ items }) => ({
      items: items.map(({ publicKey, data, signature }) => ({ valid: verified(publicKey, data, signature) })),
    }),
  ),
  service('/keys/list', '密钥管理：清单', z.object({}), (_input, vault) => ({ keys: vault.keys() })),
  service('/keys/renew', '密钥管理：换新', z.object({ cause: word }), ({ cause }, vault, now) => {
    vault.renew(cause, now);
    return {};
  }),
  service('/keys/retire', '密钥管理：停用旧密钥', z.object({}), (_input, vault, now) => {
    vault.retire(now);
    return {};
  }),
];
