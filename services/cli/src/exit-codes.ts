/** How a command ends. The README and the help list the same numbers. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  /** `doctor` found something that must be mended. The number that scripts ask for a check that failed. */
  problems: 1,
  /** A mistake in what the user gave: an option, a file, a directory, a port. */
  badInput: 2,
  /** Only with `--fail-on-gaps`. */
  gaps: 3,
  /** Something outside does not answer or refuses: the database, AWS, the credentials. */
  notReachable: 4,
  /** Only of `rehearse`, `drift` and `findings`: something of `--fail-on` happens. */
  failOn: 5,
  /** The shell's convention: 128 and the number of the signal. */
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
