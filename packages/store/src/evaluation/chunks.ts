import type { BitSet } from '@ecr-audit/access';
import { bytesOf } from './member-set.ts';
import { CHUNK_SIZE } from './stored-access.ts';

/** The rows of a set: the members of each chunk in hex. A chunk without members has no row. */
export function chunksOf(bits: BitSet): ReadonlyMap<number, string> {
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
