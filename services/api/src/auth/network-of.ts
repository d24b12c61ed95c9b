import { isIPv6 } from 'node:net';

const networkGroups = 4;
const groupsMax = 8;

/** What stands for whoever is at an address: itself, or of IPv6 the network of 64 bits, of which one customer has them all. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) {
    return plain;
  }
  const [before = '', after] = plain.toLowerCase().split('::');
  const head = before.split(':').filter((group) => group !== '');
  const tail = (after ?? '').split(':').filter((group) => group !== '');
  const zeros = after === undefined ? 0 : Math.max(0, groupsMax - head.length - tail.length);
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...tail].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.slice(0, networkGroups).join(':')}::/64`;
}
