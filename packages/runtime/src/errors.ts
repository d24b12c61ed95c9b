/** Every error code of this package, with the sentence that the README repeats. */
export const runtimeErrorCodes = {
  configurationInvalid: 'an environment variable is missing or has a value that cannot be used',
} as const;

export type RuntimeErrorCode = keyof typeof runtimeErrorCodes;

/** A mistake in the environment of the process: for the person who started it, so without a stack trace. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code: RuntimeErrorCode = 'configurationInvalid';
  /** One sentence for each variable that is wrong. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
