/** Every error code of this package, with the sentence that the README repeats. */
export const runtimeErrorCodes = {
  configurationInvalid: 'an environment variable is missing or has a value that cannot be used',
  configurationFileUnreadable: 'the configuration file cannot be read',
  configurationFileInvalid:
    'the configuration file, or a variable that overrides it, says something that cannot be used',
  secretUnreadable: 'a secret is not where the configuration says that it lies',
  portUnavailable: 'the server for health and metrics cannot listen on its address',
} as const;

export type RuntimeErrorCode = keyof typeof runtimeErrorCodes;

/** A mistake in what the process was given: for the person who started it, so without a stack trace. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code: RuntimeErrorCode;
  /** One sentence for each thing that is wrong. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[], code: RuntimeErrorCode = 'configurationInvalid') {
    super(problems.join('\n'));
    this.code = code;
    this.problems = problems;
  }
}
