import { findingInput } from '@ecr-audit/access';
import { configurationFromEnvironment, loadConfigurationFile } from '@ecr-audit/runtime';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { loadSnapshot, loadSnapshotDirectory } from '../load-snapshot.ts';
import { userPath } from '../terminal/paths.ts';
import type { FindingsOptions } from './options.ts';

/** The snapshot, the earlier one where one is named, and what the configuration says of them. */
export async function loadFindingInput(
  context: CommandContext,
  options: FindingsOptions,
): Promise<ReturnType<typeof findingInput>> {
  const { findings: settings } =
    options.config === undefined
      ? configurationFromEnvironment()
      : await loadConfigurationFile(userPath(options.config));
  const now = await loadSnapshot(context, options);
  const before = options.before === undefined ? null : await loadSnapshotDirectory(context, options.before);
  if (before !== null && Date.parse(before.snapshot.takenAt) > Date.parse(now.snapshot.takenAt)) {
    throw new CliError(
      'optionInvalid',
      `cannot compare with a later snapshot: \`--before\` was taken at ${before.snapshot.takenAt}, the other at ${now.snapshot.takenAt}`,
    );
  }
  context.progress.update('evaluating');
  return findingInput(now, { before, settings });
}
