import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type KeyPair, signText, verifierOf } from './link/sm2.ts';

const hexKey = (digits: number, title: string) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `${title}不对`);

const keyPair = (title: string) =>
  z.object({
    privateKey: hexKey(64, `${title}私钥`),
    publicKey: z.string().regex(/^04[0-9a-f]{128}$/, `${title}公钥不对`),
  });

/** Both ends of the link, as the supervision system writes them into `link-keys.json`; `peer` is this side. All hex. */
const linkKeysSchema = z.object(
  { ours: keyPair('监管系统'), peer: keyPair('仿真器'), sealKey: hexKey(32, '字段加密密钥') },
  '应为监管系统生成的 link-keys.json 的内容',
);

const filled = z.string().trim().min(1);

const environmentSchema = z.object({
  SIMULATORS_PORT: z.coerce
    .number('应为端口号')
    .int('应为端口号')
    .min(0, '应为 0 至 65535 的端口号')
    .max(65_535, '应为 0 至 65535 的端口号')
    .default(8090),
  SIMULATORS_HOST: filled.default('127.0.0.1'),
  CALLBACK_URL: z.url({
    protocol: /^https?$/,
    error: ({ input }) =>
      input === undefined ? '未设置，应为监管系统的地址，例如 http://127.0.0.1:8080' : '应为 http 或 https 地址',
  }),
  LINK_KEYS_FILE: filled.optional(),
  LINK_KEYS: filled.optional(),
  STATE_FILE: filled.optional(),
  SIGN_ON_REDIRECT: z.url({ protocol: /^https?$/, error: '应为 http 或 https 地址' }).optional(),
  ONE_STOP_REDIRECT: z.url({ protocol: /^https?$/, error: '应为 http 或 https 地址' }).optional(),
});

/** What the program is told from outside, checked. */
export interface Environment {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  /** Base address of the supervision system. */
  readonly callbackUrl: string;
  readonly keys: KeyPair;
  readonly peerPublicKey: string;
  /** SM4 key of sealed fields, 32 hex digits. */
  readonly sealKey: string;
  readonly stateFile: string | undefined;
  /** Where the simulated sign-on sends a browser back to, when that is not the supervision system's own address. */
  readonly signOnRedirect: string | undefined;
  /** The same of the simulated one-stop service. */
  readonly oneStopRedirect: string | undefined;
}

/** Settings that cannot be worked with; the message is for the person at the terminal, one fault a line. */
export class WrongEnvironment extends Error {}

const told = (lines: readonly string[]): WrongEnvironment =>
  new WrongEnvironment(['设置有误，未启动：', ...lines.map((line) => `  ${line}`)].join('\n'));

const issuesOf = ({ issues }: z.ZodError, under?: string): readonly string[] =>
  issues.map(
    ({ path, message }) => `${[...(under === undefined ? [] : [under]), ...path.map(String)].join('.')}：${message}`,
  );

const keyText = (file: string | undefined, inline: string | undefined): string => {
  if (file === undefined && inline !== undefined) return inline;
  if (file === undefined)
    throw told(['LINK_KEYS_FILE：未设置，应指向监管系统数据目录里的 link-keys.json（或以 LINK_KEYS 给出其内容）']);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw told([`LINK_KEYS_FILE：读不到 ${file}（${error instanceof Error ? error.message : ''}）`]);
  }
};

const linkKeysOf = (name: string, text: string): z.output<typeof linkKeysSchema> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw told([`${name}：不是 JSON`]);
  }
  const parsed = linkKeysSchema.safeParse(json);
  if (!parsed.success) throw told(issuesOf(parsed.error, name));
  return parsed.data;
};

/** A private key and a public key that do not belong together would only show as signatures that nobody accepts. */
const isPair = (pair: KeyPair): boolean => {
  try {
    return verifierOf(pair.publicKey)('pair', signText('pair', pair));
  } catch {
    // A public key that is no point of the curve.
    return false;
  }
};

/** The settings from environment variables. Errors: throws {@link WrongEnvironment} naming each variable that does not fit. */
export const readEnvironment = (variables: Readonly<Record<string, string | undefined>>): Environment => {
  // A variable set to nothing counts as not set, as in most shells' scripts.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) throw told(issuesOf(parsed.error));
  const { LINK_KEYS_FILE: file, LINK_KEYS: inline, ...rest } = parsed.data;
  const name = file === undefined ? 'LINK_KEYS' : 'LINK_KEYS_FILE';
  const { ours, peer, sealKey } = linkKeysOf(name, keyText(file, inline));
  if (!isPair(peer)) throw told([`${name}.peer：私钥与公钥不成对`]);
  return {
    port: rest.SIMULATORS_PORT,
    host: rest.SIMULATORS_HOST,
    callbackUrl: rest.CALLBACK_URL,
    keys: peer,
    peerPublicKey: ours.publicKey,
    sealKey,
    stateFile: rest.STATE_FILE,
    signOnRedirect: rest.SIGN_ON_REDIRECT,
    oneStopRedirect: rest.ONE_STOP_REDIRECT,
  };
};
