import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A version of a managed policy. */
export interface PolicyVersionKey {
  /** Where it was asked for: another endpoint may give another document under the same name. */
  readonly endpoint: string;
  readonly arn: string;
  readonly version: string;
}

/**
 * Documents of managed policies in a directory, one file for each policy: a version never changes, so that what was read once
 * need not be read again, and a new version takes the place of the one before.
 */
export class PolicyCache {
  readonly #directory: string;
  #writeProblem: string | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Why documents could not be kept, null where all could: a later run then reads them again. */
  get writeProblem(): string | null {
    return this.#writeProblem;
  }

  /** The text of the document, or null where it is not there in this version. Whatever else the file holds counts as nothing. */
  async find(key: PolicyVersionKey): Promise<string | null> {
    try {
      const kept: unknown = JSON.parse(await readFile(this.#fileOf(key), 'utf8'));
      return isKept(kept) && kept.endpoint === key.endpoint && kept.arn === key.arn && kept.version === key.version
        ? kept.document
        : null;
    } catch {
      // A cache is read to save a call; without it the call is made.
      return null;
    }
  }

  /** Keeps a document. The file is written beside its place and renamed, so that nobody ever reads half of one. */
  async keep(key: PolicyVersionKey, document: string): Promise<void> {
    const file = this.#fileOf(key);
    const temporary = `${file}.${randomUUID()}.new`;
    try {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 });
      await writeFile(temporary, JSON.stringify({ ...key, document }), { flag: 'wx', flush: true, mode: 0o600 });
      await rename(temporary, file);
    } catch (error) {
      this.#writeProblem ??= error instanceof Error ? error.message : String(error);
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  /** ARNs differ in the path where names are the same, and come from outside: neither may choose a place in the file system. */
  #fileOf({ endpoint, arn }: PolicyVersionKey): string {
    return join(
      this.#directory,
      `${createHash('sha256').update(`${endpoint}\n${arn}`).digest('hex').slice(0, 40)}.json`,
    );
  }
}

function isKept(value: unknown): value is PolicyVersionKey & { readonly document: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['endpoint', 'arn', 'version', 'document'].every((member) => typeof Reflect.get(value, member) === 'string')
  );
}
