import { expect, test } from 'vitest';
import { isRange, liesIn, notPublic } from './address-range.ts';

test.each([
  ['10.1.2.3', '10.0.0.0/8', true],
  ['11.1.2.3', '10.0.0.0/8', false],
  ['203.0.113.7', '203.0.113.7', true],
  ['203.0.113.8', '203.0.113.7', false],
  ['::ffff:10.1.2.3', '10.0.0.0/8', true],
  ['2001:db8:1::5', '2001:db8::/32', true],
  ['2001:db9::5', '2001:db8::/32', false],
  ['10.1.2.3', '0.0.0.0/0', true],
  ['10.1.2.3', '::/0', false],
  ['no address', '0.0.0.0/0', false],
])('T5.4: %s in %s: %s', (ip, range, inside) => {
  expect(liesIn(ip, [range])).toBe(inside);
});

test.each(['10.0.0.0/33', '10.0.0', '256.1.1.1', '1.2.3.4/8/8', '01.2.3.4', 'a.b.c.d', '', '1.2.3.4/', '::/129'])(
  'T5.4: %s is no range',
  (text) => {
    expect(isRange(text)).toBe(false);
  },
);

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.0.0.5',
  '172.31.255.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.100.100.200',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1%eth0',
  'fd00::1',
  'fec0::1',
  '::ffff:0:7f00:1',
])('T5.4: %s is no place on the public network', (ip) => {
  expect(liesIn(ip, notPublic)).toBe(true);
});

test.each(['101.132.1.1', '172.32.0.1', '2408:4000::1', '8.8.8.8'])('T5.4: %s is one', (ip) => {
  expect(liesIn(ip, notPublic)).toBe(false);
});
