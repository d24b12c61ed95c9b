import { readdirSync } from 'node:fs';
import { writeSnapshotDirectory } from '@ecr-audit/aws';
import { help, parseArguments } from './arguments.ts';
import { countLines, countOrganization } from './count-organization.ts';
import { organizationFor } from './generate.ts';
import { nextDay } from './next-day.ts';
import { renderSnapshot } from './render-snapshot.ts';

const parsed = parseArguments(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    process.stdout.write(help);
    break;
  case 'wrong':
    fail(parsed.message, 'see --help');
    process.exitCode = 2;
    break;
  case 'run':
    try {
      await run(parsed.run);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    }
}

async function run({ options, out, days, changes }: Extract<typeof parsed, { kind: 'run' }>['run']): Promise<void> {
  if (out !== null && isOccupied(out)) {
    throw new Error(`\`${out}\` is not empty: name a new or empty directory`);
  }
  say('making the organization');
  let organization = organizationFor(options);
  for (let day = 1; day <= days; day += 1) {
    organization = nextDay(organization, { documents: changes });
    if (day % 25 === 0 || day === days) {
      say(`day ${day} of ${days}`);
    }
  }
  if (out !== null) {
    const parts = renderSnapshot(organization);
    const bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part.content), 0);
    say(`writing ${parts.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
    // Written beside the directory and moved into place, so that there is the whole of it or nothing.
    await writeSnapshotDirectory(out, parts);
  }
  process.stdout.write(`${countLines(countOrganization(organization)).join('\n')}\n`);
}

function isOccupied(directory: string): boolean {
  try {
    return readdirSync(directory).length > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

function fail(...messages: readonly string[]): void {
  messages.forEach((message) => say(`generate-organization: ${message}`));
}
