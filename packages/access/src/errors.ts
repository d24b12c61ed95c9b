/** Every error of this package, with one sentence each; the README lists the same. */
export const ERROR_CODES = {
  notASnapshot: 'The parts hold no `snapshot.json`, or one of a format that is not known.',
  malformedFile: 'A file of the snapshot is not what its name promises.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A snapshot that cannot be read. `path` is the file, `place` the key or position inside it. */
export class SnapshotFormatError extends Error {
  override readonly name = 'SnapshotFormatError';
  readonly code: ErrorCode;
  readonly path: string;
  readonly place: string;

  constructor(code: ErrorCode, at: { readonly path: string; readonly place: string }, expectation: string) {
    super(`cannot read \`${at.path}\`${at.place === '' ? '' : ` at \`${at.place}\``}: ${expectation}`);
    this.code = code;
    this.path = at.path;
    this.place = at.place;
  }
}
