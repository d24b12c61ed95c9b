import { bytesOf, type MemberSet } from './member-set.ts';
import { CHUNK_SIZE } from './stored-access.ts';

/** The rows of a set: the members of each chunk in hex. A chunk without members has no row, nor has a set that is none. */
export function chunksOf(set: MemberSet | undefined): ReadonlyMap<number, string> {
  const bits = set?.bits ?? new Int32Array(0);
  const chunks = new Map<number, string>();
  const words = CHUNK_SIZE / 32;
  for (let chunk = 0; chunk * words < bits.length; chunk += 1) {
    const hex = bytesOf(bits.subarray(chunk * words, (chunk + 1) * words)).toString('hex');
    if (hex !== '') {
      chunks.set(chunk, hex);
    }
  }
  return chunks;
}
