/** A block of addresses: `bits` is 32 or 128, `prefixLength` the number of leading bits that are fixed. */
export interface IpRange {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefixLength: number;
}

/** Reads an IPv4 or IPv6 address or CIDR range; without a mask it is one address (/32, /128). Null where it is neither. */
export function parseIpRange(text: string): IpRange | null {
  const slash = text.indexOf('/');
  const host = slash === -1 ? text : text.slice(0, slash);
  const v4 = parseIpv4(host);
  const address = v4 ?? parseIpv6(host);
  if (address === null) {
    return null;
  }
  const bits = v4 === null ? 128 : 32;
  if (slash === -1) {
    return { bits, address, prefixLength: bits };
  }
  const mask = text.slice(slash + 1);
  const prefixLength = /^\d{1,3}$/.test(mask) ? Number(mask) : -1;
  return prefixLength < 0 || prefixLength > bits ? null : { bits, address, prefixLength };
}

/** Whether every address of `inner` lies in `outer`; never across IPv4 and IPv6. */
export function rangeContains(outer: IpRange, inner: IpRange): boolean {
  if (outer.bits !== inner.bits || inner.prefixLength < outer.prefixLength) {
    return false;
  }
  const shift = BigInt(outer.bits - outer.prefixLength);
  return outer.address >> shift === inner.address >> shift;
}

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) {
    return null;
  }
  let address = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) {
      return null;
    }
    address = (address << 8n) | BigInt(Number(part));
  }
  return address;
}

const IPV6_GROUPS = 8;

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) {
    return null;
  }
  const head = ipv6Groups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? ipv6Groups(halves[1] ?? '', true) : [];
  if (head === null || tail === null) {
    return null;
  }
  const missing = IPV6_GROUPS - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) {
    return null;
  }
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((address, group) => (address << 16n) | group, 0n);
}

/** The groups of a part; the last part of an address may end in an IPv4 address. */
function ipv6Groups(text: string, isEnd: boolean): bigint[] | null {
  if (text === '') {
    return [];
  }
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = isEnd && index === parts.length - 1 ? parseIpv4(part) : null;
    if (v4 !== null) {
      groups.push(v4 >> 16n, v4 & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(BigInt(`0x${part}`));
    } else {
      return null;
    }
  }
  return groups;
}
