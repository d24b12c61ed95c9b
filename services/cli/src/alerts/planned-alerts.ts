import { type Alert, alertSchema, type FindingToTell, planAlerts } from '@ecr-audit/access';
import { z } from 'zod';
import { chosenConfiguration } from '../commands/config.ts';
import type { CommandContext } from '../context.ts';
import { digest } from '../findings/digest.ts';
import { loadSnapshotDirectory } from '../load-snapshot.ts';
import { readItems } from './read-json-lines.ts';

const severity = alertSchema.shape.severity;
const policyTypes = [
  'identity',
  'permissionsBoundary',
  'session',
  'scp',
  'rcp',
  'repository',
  'registry',
  'default',
] as const;

/** A finding as `ecr-audit findings --format json` prints it. */
const findingSchema = z.object({
  ruleId: z.string(),
  severity,
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  resource: z.string(),
  principal: z.object({ id: z.string(), arn: z.string().nullable() }).nullable(),
  fingerprint: z.string().min(1),
  title: z.string(),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  repositories: z.object({ count: z.number(), inProduction: z.number(), examples: z.array(z.string()) }),
  reasons: z.array(
    z.object({
      policyType: z.enum(policyTypes),
      policy: z.string(),
      statement: z.string(),
      effect: z.enum(['Allow', 'Deny']),
      via: z.string(),
    }),
  ),
  doubts: z.array(z.string()),
});

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
