import { createHash, randomUUID } from 'node:crypto';

// Another version of this service may write the same in other words, and which that is nobody has to remember: a client of a
// process that started anew reads once more. Rejected: the version of the API in its place, which says nothing of wording.
const processId = randomUUID();

/**
 * The tag of an answer that follows from nothing but these: which scan, what was asked, who may see what.
 *
 * Made without the answer, so that one who has it already costs no reading. Weak, since it promises the same content and not the
 * same bytes.
 */
export function etagOf(follows: readonly (string | number | null | readonly string[])[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([processId, ...follows]))
    .digest('base64url');
  return `W/"${hash.slice(0, 32)}"`;
}

/** Whether `If-None-Match` names the tag, by the weak comparison of RFC 9110. */
export function isMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) {
    return false;
  }
  const opaque = etag.replace(/^W\//, '');
  return header.split(',').some((each) => {
    const given = each.trim();
    return given === '*' || given.replace(/^W\//, '') === opaque;
  });
}
