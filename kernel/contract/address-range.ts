import { groupsOf, isIPv6 } from './address-block.ts';

/** An address as a number of so many bits. */
interface Address {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

const byte = /^(0|[1-9]\d{0,2})$/;

const ofIPv4 = (ip: string): Address | undefined => {
  const parts = ip.split('.');
  if (parts.length !== 4 || !parts.every((part) => byte.test(part) && Number(part) < 256)) return undefined;
  return { value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n), bits: 32 };
};

const mapped = 0xffffn << 32n;

/** An address as a number; an IPv4 address written as IPv6 is the IPv4 address. Undefined for what is none. */
const addressOf = (text: string): Address | undefined => {
  const ip = text.replace(/%.*$/, '');
  if (!isIPv6(ip) || !ip.includes(':')) return ofIPv4(ip);
  const value = groupsOf(ip).reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
  return value >> 32n === mapped >> 32n ? { value: value & 0xffffffffn, bits: 32 } : { value, bits: 128 };
};

interface Range extends Address {
  readonly prefix: number;
}

const rangeOf = (text: string): Range | undefined => {
  const [ip = '', prefix, ...rest] = text.split('/');
  const address = addressOf(ip);
  if (!address || rest.length > 0) return undefined;
  if (prefix === undefined) return { ...address, prefix: address.bits };
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= address.bits
    ? { ...address, prefix: Number(prefix) }
    : undefined;
};

/** Whether a text is an address, or a range of them in CIDR notation. */
export const isRange = (text: string): boolean => rangeOf(text) !== undefined;

/** Whether an address lies in one of the ranges; what is no address lies in none. */
export const liesIn = (ip: string, ranges: readonly string[]): boolean => {
  const address = addressOf(ip);
  if (!address) return false;
  return ranges.some((text) => {
    const range = rangeOf(text);
    if (range?.bits !== address.bits) return false;
    const rest = BigInt(range.bits - range.prefix);
    return address.value >> rest === range.value >> rest;
  });
};

/**
 * Addresses that are no place on the public network: this machine, private and local networks, those kept for documents, tests and multicast, and the ways IPv4 is carried in IPv6,
 * by which any of them could be reached. Source: RFC 6890, RFC 6052, RFC 3056, RFC 2765, RFC 3879.
 */
export const notPublic: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];
