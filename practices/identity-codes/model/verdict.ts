/** What a validator says: the normalised value with possible doubts, or what is wrong and what to do, in Chinese. */
export type Verdict =
  | { readonly ok: true; readonly value: string; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** A sound value. */
export const sound = (value: string, ...warnings: readonly string[]): Verdict => ({ ok: true, value, warnings });

/** A value that cannot be right. */
export const wrong = (message: string): Verdict => ({ ok: false, message });

const fullWidthOffset = 0xfee0;

/** Full-width letters, digits, signs and blanks become their half-width form. */
export const toHalfWidth = (text: string): string =>
  [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (code === 0x3000) return ' ';
      return code >= 0xff01 && code <= 0xff5e ? String.fromCodePoint(code - fullWidthOffset) : letter;
    })
    .join('');

/** Blanks of every kind, also the unseen ones that come along when a number is copied from a web page or a chat. */
const blanks = /[\s\u200b-\u200f\u2060\u202a-\u202e]+/g;

/** The common preparation of codes: half width, upper case, without any blanks. Source: domain 3. */
export const normaliseCode = (text: string): string => toHalfWidth(text).replace(blanks, '').toUpperCase();

/** Whether a code is one character over and over; several check digit rules let such codes pass. Source: domain 3.1. */
export const isOneCharacter = (code: string): boolean => /^(.)\1+$/u.test(code);
