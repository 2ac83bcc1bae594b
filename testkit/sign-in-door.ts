import type { InjectOptions } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import { ownPage, type ServedProduct } from './served-product.ts';

/** What came back at the door. */
export interface DoorReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies of many shapes.
  readonly body: any;
  /** The session cookie after it, the one before where none was set. */
  readonly cookie: string;
}

/** Somebody at the door: one browser at one address, which keeps its cookie from step to step. */
export interface Caller {
  readonly ip: string;
  cookie: string;
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object): Promise<DoorReply>;
  signIn(userName: string, password: string, captcha?: { ticket: string; text: string }): Promise<DoorReply>;
  /** Signs in reading whatever picture is asked for. */
  readAndSignIn(userName: string, password: string): Promise<DoorReply>;
}

/** The word on every picture of a product made with it: `signIn: { …, captchaText: () => captchaWord }`. */
export const captchaWord = 'WXYZ';

let addresses = 0;
const nextAddress = (): string => {
  addresses += 1;
  return `10.1.${addresses >> 8}.${addresses & 255}`;
};

/** A browser of its own at an address of its own. */
export const callerAt = ({ server }: Pick<ServedProduct, 'server'>, ip = nextAddress()): Caller => {
  const it: Caller = {
    ip,
    cookie: '',
    ask: async (method, path, payload) => {
      const options: InjectOptions = {
        method,
        url: `/api${path}`,
        remoteAddress: ip,
        headers: { ...ownPage, ...(it.cookie === '' ? {} : { cookie: it.cookie }), 'user-agent': 'a test’s browser' },
        ...(payload === undefined ? {} : { payload }),
      };
      const reply = await server.inject(options);
      const set = reply.headers['set-cookie'];
      if (set !== undefined) it.cookie = String(set).split(';')[0] ?? '';
      return { status: reply.statusCode, body: reply.json(), cookie: it.cookie };
    },
    signIn: (userName, password, captcha) =>
      it.ask('POST', '/governance/session', { userName, password, ...(captcha ? { captcha } : {}) }),
    readAndSignIn: async (userName, password) => {
      const { body } = await it.ask('POST', '/governance/session/captcha', { userName });
      return it.signIn(userName, password, { ticket: body.ticket, text: captchaWord });
    },
  };
  return it;
};

/** The code a phone that was told this secret shows at an instant. */
export const codeOf = (secret: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp: at.getTime(),
  });
