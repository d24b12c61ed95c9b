const exitCodeUsage = 2;

/**
 * Starts a service: `--help` prints its help, any other argument is refused, because settings come from the environment
 * and a misspelt `--help` should not start anything. `fail` gets whatever `main` throws.
 */
export function runProcess(service: {
  readonly help: string;
  readonly main: () => Promise<void>;
  readonly fail: (error: unknown) => void;
}): void {
  const [argument] = process.argv.slice(2);
  if (argument === '--help' || argument === '-h') {
    process.stdout.write(service.help);
  } else if (argument !== undefined) {
    process.stderr.write(
      `unexpected argument \`${argument.slice(0, 60)}\`: expected none, or \`--help\`, which lists the settings in the environment\n`,
    );
    process.exitCode = exitCodeUsage;
  } else {
    service.main().catch(service.fail);
  }
}
