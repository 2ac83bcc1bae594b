import { expect, test } from 'vitest';
import { addressBlock } from './address-block.ts';

test.each([
  ['10.2.3.4', '10.2.3.4'],
  ['::ffff:10.2.3.4', '10.2.3.4'],
  ['::FFFF:a02:304', '10.2.3.4'],
  ['2001:db8:7:1::1', '2001:db8:7:1::/64'],
  ['2001:0DB8:0007:0001:ffff:ffff:ffff:ffff', '2001:db8:7:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:7::1:2:3:4', '2001:db8:7:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['2001:db8::1]/[', '2001:db8::1]/['],
  ['not an address', 'not an address'],
])('T5.4: %s is counted as %s', (ip, block) => {
  expect(addressBlock(ip)).toBe(block);
});
