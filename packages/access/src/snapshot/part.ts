/**
 * One file of a snapshot directory, wherever it is kept: on disk, in Postgres or in memory.
 *
 * `path` is relative to the directory, with `/` between segments and without `.gz`
 * (`accounts/111122223333/eu-west-1/repositories.json`). `content` is the text, decompressed.
 */
export interface SnapshotPart {
  readonly path: string;
  readonly content: string;
}
