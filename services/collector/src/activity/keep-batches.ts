import { type ActivityBatch, type ActivitySource, foldEvents, type ParseOptions } from '@ecr-audit/access';
import { type ImportedFile, saveActivity, type SavedActivity, type Store } from '@ecr-audit/store';

// 20,000 events a transaction take 4.5 s of Postgres for 200,000 events, 5,000 take 6.6 s: more of them fold into one row.
// Texts may be long, so their length is bounded, too: a PutImage carries its manifest.
const eventsMax = 20_000;
const textLengthMax = 48 * 1024 * 1024;
// A pass over quiet names says at each request what it has seen, without events; that is kept every ten seconds or so. Small
// files are kept by the hundred.
const sayingsMax = 20;
const filesMax = 500;

export interface KeptActivity extends SavedActivity {
  readonly events: number;
}

/** Collects the batches of a source and keeps them in few transactions, each whole: events first, then what they cover. */
export class ActivityKeeper {
  readonly #store: Store;
  readonly #options: { readonly source: ActivitySource } & ParseOptions;
  #events: unknown[] = [];
  #textLength = 0;
  #waiting: ActivityBatch[] = [];
  #files: ImportedFile[] = [];
  #kept: KeptActivity = { events: 0, uses: 0, changes: 0, rejected: 0 };

  constructor(store: Store, options: { readonly source: ActivitySource } & ParseOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Takes a batch, and keeps what has gathered when it is enough. */
  async add(batch: ActivityBatch): Promise<void> {
    if (batch.observed.length > 0 || batch.holes.length > 0) {
      this.#waiting.push(batch);
    }
    for (const event of batch.events) {
      this.#events.push(event);
      this.#textLength += textLength(event);
    }
    const isEnough =
      this.#events.length >= eventsMax ||
      this.#textLength >= textLengthMax ||
      this.#waiting.length >= sayingsMax ||
      this.#files.length >= filesMax;
    if (isEnough) {
      await this.keep();
    }
  }

  /** Takes a file whose events were all added, to be kept with them. */
  addFile(file: ImportedFile): void {
    this.#files.push(file);
  }

  /** Keeps everything that has gathered. */
  async keep(): Promise<void> {
    if (this.#events.length === 0 && this.#waiting.length === 0 && this.#files.length === 0) {
      return;
    }
    const folded = foldEvents(this.#events, this.#options);
    const saved = await saveActivity(this.#store, {
      source: this.#options.source,
      place: this.#options.recordedIn,
      folded,
      observed: this.#waiting.flatMap(({ observed }) => observed),
      holes: this.#waiting.flatMap(({ holes }) => holes),
      files: this.#files,
    });
    this.#events = [];
    this.#textLength = 0;
    this.#waiting = [];
    this.#files = [];
    this.#kept = {
      events: this.#kept.events + folded.events,
      uses: this.#kept.uses + saved.uses,
      changes: this.#kept.changes + saved.changes,
      rejected: this.#kept.rejected + saved.rejected,
    };
  }

  /** What was kept so far. */
  kept(): KeptActivity {
    return this.#kept;
  }
}

function textLength(event: unknown): number {
  if (typeof event === 'string') {
    return event.length;
  }
  const text: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'CloudTrailEvent') : null;
  return typeof text === 'string' ? text.length : 0;
}
