import { type Alert, alertSchema, findingSchema, type FindingToTell, planAlerts } from '@ecr-audit/access';
import { chosenConfiguration } from '../commands/config.ts';
import type { CommandContext } from '../context.ts';
import { digest } from '../findings/digest.ts';
import { loadSnapshotDirectory } from '../load-snapshot.ts';
import { readItems } from './read-json-lines.ts';

const saidSchema = alertSchema.pick({ findings: true });

export interface PlanOptions {
  readonly findings: string;
  readonly said: string | undefined;
  readonly snapshot: string | undefined;
  readonly config: string | undefined;
}

/** The alerts that the findings of a file come to, beside what earlier plans said. */
export async function plannedAlerts(context: CommandContext, options: PlanOptions): Promise<readonly Alert[]> {
  const { alerts: settings } = await chosenConfiguration(options.config);
  const findings = await readItems(options.findings, { name: 'findings', schema: findingSchema, isEmptyFine: false });
  const said =
    options.said === undefined
      ? []
      : await readItems(options.said, { name: 'alerts', schema: saidSchema, isEmptyFine: true });
  const tagsOf = options.snapshot === undefined ? () => ({}) : await repositoryTags(context, options.snapshot);
  return planAlerts({
    findings: findings.map((finding): FindingToTell => ({
      finding,
      tags: tagsOf([finding.resource, ...finding.repositories.examples]),
      // The causes of differences are told by `ecr-audit drift`; a finding's file has none.
      cause: null,
      explanation: null,
    })),
    // The later one counts: a finding that grew graver was said again. A shell makes the file of `>>` before anything is said.
    said: said.length === 0 ? null : said.flatMap((alert) => alert.findings),
    settings,
    now: context.now().toISOString(),
    digest,
  });
}

async function repositoryTags(
  context: CommandContext,
  directory: string,
): Promise<(arns: readonly string[]) => Readonly<Record<string, string>>> {
  const { snapshot } = await loadSnapshotDirectory(context, directory);
  const repositories = [...snapshot.accounts.values()]
    .flatMap(({ regions }) => [...regions.values()])
    .flatMap((region) => [...(region.repositories?.values() ?? [])]);
  const tags = new Map(repositories.map((repository) => [repository.arn, repository.tags ?? []]));
  return (arns) => Object.fromEntries(arns.flatMap((arn) => tags.get(arn) ?? []).map(({ Key, Value }) => [Key, Value]));
}
