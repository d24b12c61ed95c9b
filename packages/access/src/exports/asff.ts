import type { Severity } from '../findings/finding.ts';
import { type AsffFinding, ASFF_LIMITS, ASFF_PARTITIONS, type AsffResource } from './asff-model.ts';
import { boundedText } from './bounded-text.ts';
import { exportJson } from './export-json.ts';
import { type ExportedFinding, type ExportSource, isoTime } from './exported-finding.ts';
import { type FindingResource, findingResources, type ResourceKind } from './finding-resources.ts';
import { findingType } from './finding-types.ts';

/** Where findings go that say nothing of it themselves. */
export interface AsffSettings {
  /** For findings about the organization, or about several accounts. Twelve digits. */
  readonly accountId: string;
  /** The region whose Security Hub imports them; null takes that of each finding, and needs every finding to have one. */
  readonly region: string | null;
  /** Of a registered product; null is the product that every account has for its own integrations. */
  readonly productArn: string | null;
}

/** A JSON array, a finding a line, made as it is asked for. */
export function* asffArray(
  findings: Iterable<ExportedFinding>,
  source: ExportSource,
  settings: AsffSettings,
): Generator<string> {
  let separator = '[\n';
  for (const finding of findings) {
    yield `${separator}${exportJson(asffFinding(finding, source, settings))}`;
    separator = ',\n';
  }
  yield separator === ',\n' ? '\n]\n' : '[]\n';
}

/**
 * A finding as `BatchImportFindings` takes it. Texts that are too long are cut, marked as such, and listed in
 * `ecr-audit/Cut`. `Workflow`, `Note` and what else customers use for their investigation is left alone.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function asffFinding(
  { finding, life }: ExportedFinding,
  source: ExportSource,
  settings: AsffSettings,
): AsffFinding {
  const { name, vendor } = source.product;
  const accountId = finding.accountId ?? settings.accountId;
  const region = importRegion(finding.region, settings);
  const cut: string[] = [];
  const fit = (field: string, text: string, bytesMax: number): string => {
    const bounded = boundedText(text, bytesMax);
    if (bounded.isCut) {
      cut.push(field);
    }
    // Every text must hold something else than white space.
    return bounded.text.trim() === '' ? '-' : bounded.text;
  };
  const openedAt = isoTime(life?.openedAt ?? source.observedAt);
  const resources = findingResources(finding);
  const told = {
    Title: fit('Title', finding.title, ASFF_LIMITS.title),
    Description: fit('Description', descriptionOf(finding), ASFF_LIMITS.description),
    Remediation: {
      Recommendation: { Text: fit('Remediation', finding.remedy, ASFF_LIMITS.recommendation) },
    },
    Resources: resources.slice(0, ASFF_LIMITS.resources).map((resource) => asffResource(resource, fit)),
  };
  const fields = productFields({ finding, life }, fit);
  if (resources.length > ASFF_LIMITS.resources) {
    cut.push('Resources');
  }
  return {
    SchemaVersion: '2018-10-08',
    Id: fit('Id', `${name}/${finding.fingerprint}`, ASFF_LIMITS.id),
    ProductArn: settings.productArn ?? defaultProductArn(region, accountId),
    ProductName: fit('ProductName', name, ASFF_LIMITS.productName),
    CompanyName: fit('CompanyName', vendor, ASFF_LIMITS.productName),
    GeneratorId: fit('GeneratorId', `${name}/${finding.ruleId}`, ASFF_LIMITS.id),
    AwsAccountId: accountId,
    CreatedAt: openedAt,
    // An import with an `UpdatedAt` that is not newer changes nothing.
    UpdatedAt: isoTime(source.observedAt),
    FirstObservedAt: openedAt,
    LastObservedAt: isoTime(life?.resolvedAt ?? source.observedAt),
    // Security Hub shows archived findings no longer; one that is active again comes back as new.
    RecordState: (life?.status ?? 'active') === 'active' ? 'ACTIVE' : 'ARCHIVED',
    FindingProviderFields: {
      Severity: { Label: SEVERITY_LABELS[finding.severity], Original: finding.severity },
      Types: [findingType(finding.ruleId)],
    },
    ...told,
    ProductFields: { ...fields, ...(cut.length === 0 ? {} : { 'ecr-audit/Cut': [...new Set(cut)].join(', ') }) },
  };
}

/** Whether the finding, or else the settings, say into which region it is to be imported: without, `asffFinding` throws. */
export function isImportable({ finding }: ExportedFinding, settings: Pick<AsffSettings, 'region'>): boolean {
  return settings.region !== null || finding.region !== null;
}

function importRegion(region: string | null, settings: AsffSettings): string {
  const chosen = settings.region ?? region;
  if (chosen === null) {
    throw new RangeError('a finding without a region needs the region of the settings');
  }
  return chosen;
}

const SEVERITY_LABELS: Readonly<Record<Severity, AsffFinding['FindingProviderFields']['Severity']['Label']>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
};

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html */
function defaultProductArn(region: string, accountId: string): string {
  return `arn:${partitionOf(region)}:securityhub:${region}:${accountId}:product/${accountId}/default`;
}

function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
];

type Fit = (field: string, text: string, bytesMax: number) => string;

/** Doubts stand before the reason, so that the end of a long text, which is cut, never takes them along unseen. */
function descriptionOf({ what, why, doubts }: ExportedFinding['finding']): string {
  const [first] = doubts;
  const rest = doubts.length > 1 ? ` (and ${doubts.length - 1} more)` : '';
  const doubt = first === undefined ? [] : [`Not certain: ${boundedText(first, DOUBT_BYTES_MAX).text}${rest}`];
  return [boundedText(what, WHAT_BYTES_MAX).text, ...doubt, why].join(' ');
}

const WHAT_BYTES_MAX = 560;
const DOUBT_BYTES_MAX = 256;
/** Five of each leave room among the 50 fields, and the whole far below the 240 KB that a finding may have. */
const LISTED_MAX = 5;

function productFields({ finding, life }: ExportedFinding, fit: Fit): Record<string, string> {
  const { doubts, reasons, repositories } = finding;
  const fields: [string, string][] = [
    ['RuleId', finding.ruleId],
    ['Fingerprint', finding.fingerprint],
    ['Status', life?.status ?? 'active'],
    ['What', finding.what],
    ['Why', finding.why],
    ...listed('Rights', finding.scope.rights),
    ...listed('Conditions', finding.scope.conditions),
    ['Repositories', String(repositories.count)],
    ['RepositoriesInProduction', String(repositories.inProduction)],
    ['Statements', String(reasons.length)],
    ['Doubts', String(doubts.length)],
    ...reasons
      .slice(0, LISTED_MAX)
      .map(({ policy, statement, effect, via }, index): [string, string] => [
        `Statement/${index + 1}`,
        `${effect} ${statement} of ${policy} (${via})`,
      ]),
    ...doubts.slice(0, LISTED_MAX).map((doubt, index): [string, string] => [`Doubt/${index + 1}`, doubt]),
  ];
  return Object.fromEntries(
    fields.map(([key, value]) => [`ecr-audit/${key}`, fit(`ProductFields/${key}`, value, ASFF_LIMITS.productField)]),
  );
}

/** On one line; no field where there are none. */
function listed(key: string, values: readonly string[]): [string, string][] {
  return values.length === 0 ? [] : [[key, values.join(', ')]];
}

const RESOURCE_TYPES: Readonly<Record<ResourceKind, string>> = {
  repository: 'AwsEcrRepository',
  registry: 'Other',
  role: 'AwsIamRole',
  user: 'AwsIamUser',
  root: 'AwsAccount',
  policy: 'AwsIamPolicy',
  account: 'AwsAccount',
  other: 'Other',
};

function asffResource({ id, kind, region, accountId }: FindingResource, fit: Fit): AsffResource {
  const partition = region === null ? undefined : ASFF_PARTITIONS.find((each) => each === partitionOf(region));
  const isAccount = RESOURCE_TYPES[kind] === 'AwsAccount' && accountId !== null;
  return {
    Type: RESOURCE_TYPES[kind],
    Id: fit('Resources/Id', isAccount ? `AWS::::Account:${accountId}` : id, ASFF_LIMITS.resourceId),
    ...(region === null || region.length > ASFF_LIMITS.region ? {} : { Region: region }),
    ...(partition === undefined ? {} : { Partition: partition }),
  };
}
