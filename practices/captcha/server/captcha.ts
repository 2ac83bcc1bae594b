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
const randomCaptchaText = (): string =>
  Array.from({ length: letters }, () => alphabet[randomInt(alphabet.length)]).join('');

const chance = (): number => randomInt(2 ** 30) / 2 ** 30;

/** Who is to read a picture: what they are about to ask (the name they sign in with), and from where. */
export interface CaptchaAttempt {
  readonly about: string;
  readonly ip: string;
  readonly now: Date;
}

/** A picture to be read before anything secret is looked at, and what the reader said. */
export interface Captchas {
  /** A picture for the next attempt, as SVG. */
  offer(attempt: CaptchaAttempt): Promise<{ readonly ticket: string; readonly picture: string }>;
  /** Whether the picture was read rightly; a picture serves one attempt, right or wrong. */
  passes(tx: Tx, said: { readonly ticket: string; readonly text: string }, attempt: CaptchaAttempt): Promise<boolean>;
}

const content = z.object({ text: z.string(), attempt: z.string() });

const digestOf = ({ about, ip }: CaptchaAttempt): string => sm3Hex(`${about}\n${ip}`);

/** Captchas over tickets. `kind` keeps the pictures of one door from being used at another; `text` is the lot, to be fixed by tests. */
export const captchasOver = (tickets: Tickets, kind: string, text: () => string = randomCaptchaText): Captchas => ({
  offer: async (attempt) => {
    const word = text();
    return {
      ticket: await tickets.issue(kind, { text: word, attempt: digestOf(attempt) }, attempt.now, minutes),
      picture: drawCaptcha(word, chance),
    };
  },
  passes: async (tx, said, attempt) => {
    const found = await tickets.redeem(tx, kind, said.ticket, content, attempt.now);
    return found?.attempt === digestOf(attempt) && found.text === said.text.trim().toUpperCase();
  },
});
