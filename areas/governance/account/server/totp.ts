import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import qrcode from 'qrcode';
import { z } from 'zod';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Tickets } from '#practices/captcha/server/tickets.ts';
import {
  findTotp,
  putRecoveryCodes,
  putTotp,
  type StoredTotp,
  takeRecoveryCode,
  takeStep,
} from './second-factor.store.ts';

/** What a phone must be told to become a second factor, and the ticket that confirms it. */
export interface TotpOffer {
  /** The secret in base32, for typing where the picture cannot be scanned. */
  readonly secret: string;
  /** A QR code of the same, as SVG, drawn here: the secret leaves for nobody else. */
  readonly picture: string;
  readonly ticket: string;
}

/** Why an enrolment was not confirmed. */
export type EnrolmentRefusal = 'TICKET_GONE' | 'WRONG_CODE';

/** Time-based codes and the recovery codes that go with them. Source: tender R42, domain 10.3; RFC 6238. */
export interface Totps {
  offer(person: { readonly id: string; readonly userName: string }, now: Date): Promise<TotpOffer>;
  /** Enrols what was offered once a code of it has been read off; answers new recovery codes, shown once and kept as digests only. */
  confirm(
    tx: Tx,
    userId: string,
    said: { readonly ticket: string; readonly code: string },
    now: Date,
  ): Promise<readonly string[] | EnrolmentRefusal>;
  /** Whether a code is right at this moment and was not used before; uses it up. Recovery codes are taken as well. */
  proves(tx: Tx, userId: string, code: string, now: Date): Promise<'totp' | 'recovery' | null>;
  /** New recovery codes in the place of all earlier ones. */
  renewRecoveryCodes(tx: Tx, userId: string): Promise<readonly string[]>;
  /** Enrols a given secret; for demo accounts. */
  enrol(tx: Tx, userId: string, secret: Uint8Array, now: Date): Promise<void>;
  /** The next code that would be taken, and until when; null while every code of this moment has been used. For demo accounts. */
  present(
    stored: StoredTotp,
    userId: string,
    now: Date,
  ): Promise<{ readonly code: string | null; readonly until: Date }>;
}

const period = 30;
const enrolMinutes = 10;
const recoveryCodeCount = 10;
const recoveryAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** SHA-1, six digits, half a minute: what every authenticator app on a phone understands. */
const totpOf = (secret: Secret, userName = ''): TOTP =>
  new TOTP({ issuer: '沪商监管', label: userName, algorithm: 'SHA1', digits: 6, period, secret });

const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / period);

/** The step whose code this is, at most one half minute away; null for none. */
const stepOf = (totp: TOTP, code: string, now: Date): number | null => {
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : stepAt(now) + delta;
};

const newRecoveryCode = (): string => {
  const part = (): string =>
    Array.from({ length: 5 }, () => recoveryAlphabet[randomInt(recoveryAlphabet.length)]).join('');
  return `${part()}-${part()}`;
};

const offered = z.object({ userId: z.string(), secret: z.string() });
/** Where the secret of a second factor is sealed to. */
export const totpPlace = (userId: string): string => `governance.totp:${userId}`;

/** TOTP over the store; secrets are sealed, recovery codes kept as keyed digests. */
export const totpsOver = (crypto: Crypto, tickets: Tickets): Totps => {
  const digestOf = (userId: string, code: string): Promise<string> =>
    crypto.hmac('sign-in', `recovery:${userId}:${code.toLowerCase().replace(/[\s-]/g, '')}`);
  const open = async (stored: StoredTotp, userId: string): Promise<TOTP> => {
    const bytes = await crypto.open('sign-in', stored.sealedSecret, totpPlace(userId));
    return totpOf(new Secret({ buffer: new Uint8Array(bytes).buffer }));
  };
  const put = async (tx: Tx, userId: string, secret: Uint8Array, lastStep: number, now: Date): Promise<void> =>
    putTotp(tx, userId, {
      sealedSecret: await crypto.seal('sign-in', secret, totpPlace(userId)),
      lastStep,
      enrolledAt: now,
    });
  const renewRecoveryCodes = async (tx: Tx, userId: string): Promise<readonly string[]> => {
    const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
    await putRecoveryCodes(tx, userId, await Promise.all(codes.map((code) => digestOf(userId, code))));
    return codes;
  };
  return {
    renewRecoveryCodes,
    offer: async ({ id, userName }, now) => {
      const secret = new Secret({ size: 20 });
      const picture = await qrcode.toString(totpOf(secret, userName).toString(), { type: 'svg', margin: 2 });
      const content = { userId: id, secret: secret.base32 };
      return { secret: secret.base32, picture, ticket: await tickets.issue('totp', content, now, enrolMinutes) };
    },
    confirm: async (tx, userId, { ticket, code }, now) => {
      const found = await tickets.redeem(tx, 'totp', ticket, offered, now);
      if (found?.userId !== userId) return 'TICKET_GONE';
      const secret = Secret.fromBase32(found.secret);
      const step = stepOf(totpOf(secret), code, now);
      if (step === null) return 'WRONG_CODE';
      await put(tx, userId, secret.bytes, step, now);
      return renewRecoveryCodes(tx, userId);
    },
    proves: async (tx, userId, code, now) => {
      const typed = code.replace(/[\s-]/g, '');
      if (/^\d{6}$/.test(typed)) {
        const stored = await findTotp(tx, userId);
        const step = stored ? stepOf(await open(stored, userId), typed, now) : null;
        return step !== null && (await takeStep(tx, userId, step)) ? 'totp' : null;
      }
      return (await takeRecoveryCode(tx, userId, await digestOf(userId, typed))) ? 'recovery' : null;
    },
    enrol: (tx, userId, secret, now) => put(tx, userId, secret, 0, now),
    present: async (stored, userId, now) => {
      const totp = await open(stored, userId);
      const step = Math.max(stepAt(now), stored.lastStep + 1);
      const usable = step <= stepAt(now) + 1;
      const until = new Date((usable ? step + 1 : step - 1) * period * 1000);
      return { code: usable ? totp.generate({ timestamp: step * period * 1000 }) : null, until };
    },
  };
};
