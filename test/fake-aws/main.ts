import { help, parseArguments } from './options.ts';
import { startFakeAws } from './start-fake-aws.ts';

const parsed = parseArguments(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    process.stdout.write(help);
    break;
  case 'wrong':
    process.stderr.write(`fake-aws: ${parsed.message}\nfake-aws: see --help\n`);
    process.exitCode = 2;
    break;
  case 'run': {
    const { snapshot, accountId, now, ...settings } = parsed.run;
    try {
      const fake = await startFakeAws({
        ...settings,
        snapshotDir: snapshot,
        ...(accountId === null ? {} : { accountId }),
        ...(now === null ? {} : { clock: () => now }),
      });
      for (const [name, value] of Object.entries(fake.environment())) {
        process.stdout.write(`export ${name}=${value}\n`);
      }
      process.stderr.write(
        `fake-aws: serving ${fake.accountIds.length} accounts (${fake.accountIds.join(', ')}) at ${fake.url}; Ctrl-C stops it\n`,
      );
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => void fake.close());
      }
    } catch (error) {
      process.stderr.write(`fake-aws: ${startFailure(error, settings.port)}\n`);
      process.exitCode = 1;
    }
  }
}

function startFailure(error: unknown, port: number): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `port ${port} is in use: choose another with --port, or 0 for a free one`;
  }
  return error instanceof Error ? error.message : String(error);
}
