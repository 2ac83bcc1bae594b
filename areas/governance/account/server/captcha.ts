import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import type { Tx } from '#kernel/db/database.ts';
import { drawCaptcha } from './captcha-drawing.ts';
import type { Tickets } from './tickets.ts';

/** Letters and digits that cannot be taken for one another. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const letters = 4;
const minutes = 5;

/** Four letters by lot. */
export const randomCaptchaText = (): string =>
  Array.from({ length: letters }, () => alphabet[randomInt(alphabet.length)]).join('');

const chance = (): number => randomInt(2 ** 30) / 2 ** 30;

/** A picture to be read before a password is looked at, and what the reader said. */
export interface Captchas {
  /** A picture for the next attempt of this name from this address, as SVG. */
  offer(userName: string, ip: string, now: Date): Promise<{ readonly ticket: string; readonly picture: string }>;
  /** Whether the picture was read rightly; a picture serves one attempt, right or wrong. */
  passes(
    tx: Tx,
    said: { readonly ticket: string; readonly text: string },
    of: { readonly userName: string; readonly ip: string; readonly now: Date },
  ): Promise<boolean>;
}

const content = z.object({ text: z.string(), attempt: z.string() });

const attemptOf = (userName: string, ip: string): string => sm3Hex(`${userName}\n${ip}`);

/** Captchas over tickets; `text` is the lot, to be fixed by tests. */
export const captchasOver = (tickets: Tickets, text: () => string = randomCaptchaText): Captchas => ({
  offer: async (userName, ip, now) => {
    const word = text();
    return {
      ticket: await tickets.issue('captcha', { text: word, attempt: attemptOf(userName, ip) }, now, minutes),
      picture: drawCaptcha(word, chance),
    };
  },
  passes: async (tx, said, { userName, ip, now }) => {
    const found = await tickets.redeem(tx, 'captcha', said.ticket, content, now);
    return found?.attempt === attemptOf(userName, ip) && found.text === said.text.trim().toUpperCase();
  },
});
