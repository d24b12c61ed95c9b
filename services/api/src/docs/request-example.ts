/** A request that is answered about the sample organization. */
export interface RequestExample {
  readonly path?: Readonly<Record<string, string | number>>;
  /** Parameters that are asked together. */
  readonly query?: Readonly<Record<string, string | number>>;
  /** What the other parameters may be, each by itself. */
  readonly others?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}
