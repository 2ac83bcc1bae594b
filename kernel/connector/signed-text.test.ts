import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { isTimely, type SignedParts, signedText, timestampOf } from './signed-text.ts';

const parts: SignedParts = {
  method: 'POST',
  url: '/ext/national/scrap-cases?b=2&a=1',
  timestamp: '1767225600',
  nonce: '6f1c',
  body: Buffer.from('{}'),
};

describe('the text that is signed', () => {
  test('R57: is method, path, sorted query, time, nonce and the digest of the bytes, one a line', () => {
    expect(signedText(parts)).toBe(`POST\n/ext/national/scrap-cases\na=1&b=2\n1767225600\n6f1c\n${sm3Hex('{}')}`);
  });

  test('R57: is the same for a path and for the whole address', () => {
    expect(signedText({ ...parts, url: `https://a.example:8443${parts.url}` })).toBe(signedText(parts));
  });

  test('R57: does not depend on the order of the query', () => {
    const query = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { selector: ([name]) => name });
    fc.assert(
      fc.property(query, (pairs) => {
        const of = (list: [string, string][]) => signedText({ ...parts, url: `/p?${new URLSearchParams(list)}` });
        expect(of([...pairs].reverse())).toBe(of(pairs));
      }),
    );
  });

  test('R57: differs when any byte of the body does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (body, place, flip) => {
        const other = Uint8Array.from(body);
        const at = place % body.length;
        other[at] = (body[at] ?? 0) ^ flip;
        expect(signedText({ ...parts, body: other })).not.toBe(signedText({ ...parts, body }));
      }),
    );
  });

  test.each([
    ['method', { method: 'GET' }],
    ['path', { url: '/ext/national/scrap-case?b=2&a=1' }],
    ['query', { url: '/ext/national/scrap-cases?b=2&a=2' }],
    ['time', { timestamp: '1767225601' }],
    ['nonce', { nonce: '6f1d' }],
  ])('R57: differs when the %s does', (_what, change) => {
    expect(signedText({ ...parts, ...change })).not.toBe(signedText(parts));
  });
});

describe('timeliness', () => {
  const now = new Date('2026-01-05T02:00:00.900Z');
  const seconds = Number(timestampOf(now));

  test.each([0, -300, 300])('R57: %i s off is in time', (off) => {
    expect(isTimely(String(seconds + off), new Date(seconds * 1000))).toBe(true);
  });

  test.each([
    ['301 s ago', String(seconds - 301)],
    ['in 301 s', String(seconds + 301)],
    ['milliseconds', String(now.getTime())],
    ['with a sign', `+${seconds}`.slice(0, 10)],
    ['with blanks', ` ${seconds} `],
    ['hexadecimal', '0x6958f1a0'],
    ['nothing', ''],
  ])('R57: %s is not', (_what, timestamp) => {
    expect(isTimely(timestamp, new Date(seconds * 1000))).toBe(false);
  });

  test('R57: the header carries whole seconds', () => {
    expect(timestampOf(now)).toBe('1767578400');
  });
});
