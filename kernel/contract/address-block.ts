/** Whether a text is an IPv6 address, without a zone. */
export const isIPv6 = (ip: string): boolean => /^[\da-f:.]+$/i.test(ip) && URL.canParse(`http://[${ip}]`);

/** The eight groups of an IPv6 address, in hexadecimal without leading zeros. */
export const groupsOf = (ip: string): readonly string[] => {
  // Written in one way only: small letters, no leading zeros, an IPv4 tail as two groups.
  const [left = [], right] = new URL(`http://[${ip}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  if (!right) return left;
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
};

const isMapped = (groups: readonly string[]): boolean =>
  groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff';

/**
 * What requests are counted under that come from an address: whoever holds one address of IPv6 holds the 2^64 of its network, so those are one; an IPv4 address is itself,
 * also where it is written as IPv6. What is no address is answered as it is. Source: RFC 4291 2.5.1, 2.5.5.2; RFC 6177.
 */
export const addressBlock = (ip: string): string => {
  const bare = ip.replace(/%.*$/, '');
  if (!isIPv6(bare)) return ip;
  const groups = groupsOf(bare);
  if (!isMapped(groups)) return `${groups.slice(0, 4).join(':')}::/64`;
  const bytes = groups.slice(6).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return bytes.join('.');
};
