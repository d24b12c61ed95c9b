import { BlockList, isIP } from 'node:net';

/** Tells whether an address may be connected to. */
export type AddressGuard = (address: string) => boolean;

// https://www.iana.org/assignments/iana-ipv4-special-registry: whatever is not an ordinary address of the internet. The
// metadata services of clouds are at 169.254.169.254 and 169.254.170.2.
const special4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;
// https://www.iana.org/assignments/iana-ipv6-special-registry: inside of the global range, those that stand for other addresses.
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

/**
 * Lets only ordinary addresses of the internet through, and the ranges that are allowed in so many words (`10.1.2.0/24`).
 *
 * What is IPv6 and not in the global range is refused as a whole, so that a form of writing 127.0.0.1 that nobody thought
 * of is refused too.
 */
export function addressGuard(allowedRanges: readonly string[]): AddressGuard {
  const special = new BlockList();
  const global6 = new BlockList();
  const allowed = new BlockList();
  special4.forEach(([network, prefix]) => special.addSubnet(network, prefix, 'ipv4'));
  special6.forEach(([network, prefix]) => special.addSubnet(network, prefix, 'ipv6'));
  global6.addSubnet('2000::', 3, 'ipv6');
  for (const range of allowedRanges) {
    const [network = '', prefix = ''] = range.split('/');
    allowed.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return (address) => {
    const version = isIP(address);
    if (version === 0) {
      return false;
    }
    const family = version === 6 ? 'ipv6' : 'ipv4';
    return (
      allowed.check(address, family) ||
      (!special.check(address, family) && (version === 4 || global6.check(address, 'ipv6')))
    );
  };
}

/** Whether a text is a range of addresses, `10.1.2.0/24` or `fd00::/8`. */
export function isAddressRange(text: string): boolean {
  const [network = '', prefix, ...rest] = text.split('/');
  const version = isIP(network);
  return (
    version !== 0 &&
    rest.length === 0 &&
    prefix !== undefined &&
    /^\d{1,3}$/.test(prefix) &&
    Number(prefix) <= (version === 4 ? 32 : 128)
  );
}
