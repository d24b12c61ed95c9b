import { bitSet, type BitSet, count } from '@ecr-audit/access';
import { sha256 } from './content-ids.ts';

/** A set of repositories by their positions in the target. Equal sets of one catalogue are the same object. */
export interface MemberSet {
  /** SHA-256 in hex, the same in every evaluation. */
  readonly hash: string;
  readonly bits: BitSet;
  readonly size: number;
}

export interface SetCatalogue {
  /** How many positions there are. */
  readonly length: number;
  of(bits: BitSet): MemberSet;
}

/** The sets of one evaluation, for a target with `length` positions. */
export function setCatalogue(length: number): SetCatalogue {
  const known = new Map<string, MemberSet>();
  const byObject = new Map<BitSet, MemberSet>();
  const of = (bits: BitSet): MemberSet => {
    const same = byObject.get(bits) ?? byContent(bits);
    byObject.set(bits, same);
    return same;
  };
  const byContent = (bits: BitSet): MemberSet => {
    const contentHash = sha256(bytesOf(bits));
    const found = known.get(contentHash);
    if (found !== undefined) {
      return found;
    }
    const set = { hash: contentHash, bits, size: count(bits) };
    known.set(contentHash, set);
    return set;
  };
  return { length, of };
}

/** The bytes of a set without the zeros at its end, so that they stay the same when the target grows. */
export function bytesOf(bits: BitSet): Buffer {
  const length = bits.findLastIndex((word) => word !== 0) + 1;
  const bytes = Buffer.alloc(length * 4);
  for (let index = 0; index < length; index += 1) {
    bytes.writeInt32LE(bits[index] ?? 0, index * 4);
  }
  return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
}

/** The set that `bytesOf` gave these bytes for, beginning at `position`, a multiple of 32. */
export function orBytes(bits: BitSet, bytes: Uint8Array, position: number): void {
  for (const [index, byte] of bytes.entries()) {
    const word = position / 32 + (index >> 2);
    bits[word] = (bits[word] ?? 0) | (byte << ((index & 3) * 8));
  }
}

export function emptySet({ length }: SetCatalogue): BitSet {
  return bitSet(length);
}

/** The blocks of these bits, without those that are empty. */
export function setsOf<Profile>(
  bitsByProfile: ReadonlyMap<Profile, BitSet>,
  catalogue: SetCatalogue,
): ReadonlyMap<Profile, MemberSet> {
  const sets = [...bitsByProfile].map(([profile, bits]): [Profile, MemberSet] => [profile, catalogue.of(bits)]);
  return new Map(sets.filter(([, { size }]) => size > 0));
}
