/** Thrown by a handler whose work has to wait for other work. No failure: the job comes back after `delayMs`. */
export class PutOff extends Error {
  readonly delayMs: number;

  constructor(reason: string, options: { readonly delayMs: number }) {
    super(reason);
    this.name = 'PutOff';
    this.delayMs = options.delayMs;
  }
}
