import { RULES } from '../findings/rules.ts';
import type { Severity } from '../findings/finding.ts';
import { type ExportedFinding, type ExportSource, type FindingLife } from './exported-finding.ts';
import { exportJson } from './export-json.ts';
import { type FindingResource, findingResources, type ResourceKind } from './finding-resources.ts';
import { findingType } from './finding-types.ts';
import { account, type OcsfDetectionFinding, type OcsfResource } from './ocsf-model.ts';

/** The newest stable version of the schema, of August 2026. */
const OCSF_VERSION = '1.9.0';

/** NDJSON, an event a line, made as it is asked for. */
export function* ocsfLines(findings: Iterable<ExportedFinding>, source: ExportSource): Generator<string> {
  for (const finding of findings) {
    yield `${exportJson(ocsfFinding(finding, source))}\n`;
  }
}

/**
 * A finding as a Detection Finding, class 2004, with the `cloud` profile.
 *
 * Rejected: IAM Analysis Finding (2008), which must carry the result of an analysis of access; findings about scanning,
 * tags and events have none, so one export would have been spread over two classes. Security Hub tells its own by 2004.
 * https://schema.ocsf.io/1.9.0/classes/detection_finding
 */
function ocsfFinding({ finding, life }: ExportedFinding, source: ExportSource): OcsfDetectionFinding {
  const { ruleId, doubts, reasons, repositories } = finding;
  const activity = ACTIVITIES[activityOf(life)];
  const severity = OCSF_SEVERITIES[finding.severity];
  const status = statusOf(life);
  const openedAt = epochMs(life?.openedAt ?? source.observedAt);
  return {
    metadata: {
      version: OCSF_VERSION,
      profiles: ['cloud'],
      product: { name: source.product.name, vendor_name: source.product.vendor, version: source.product.version },
      event_code: ruleId,
    },
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    activity_id: activity.id,
    activity_name: activity.name,
    type_uid: 200_400 + activity.id,
    type_name: `Detection Finding: ${activity.name}`,
    // Of a finding it is when the finding was made, not when the event was.
    time: openedAt,
    severity_id: severity.id,
    severity: severity.name,
    status_id: status.id,
    status: status.name,
    // What was not read may yet settle it otherwise.
    confidence_id: doubts.length === 0 ? 3 : 2,
    confidence: doubts.length === 0 ? 'High' : 'Medium',
    is_alert: activity.id !== ACTIVITIES.close.id,
    message: finding.title,
    finding_info: {
      uid: finding.fingerprint,
      title: finding.title,
      desc: descriptionOf(finding.what, finding.why, doubts),
      types: [findingType(ruleId)],
      analytic: { uid: ruleId, name: ruleTitle(ruleId), type_id: 1, type: 'Rule' },
      last_seen_time: epochMs(life?.resolvedAt ?? source.observedAt),
      ...(life === null
        ? {}
        : {
            created_time: openedAt,
            first_seen_time: openedAt,
            modified_time: epochMs(life.resolvedAt ?? life.changedAt),
          }),
    },
    cloud: {
      provider: 'AWS',
      ...(finding.accountId === null ? {} : { account: account(finding.accountId) }),
      ...(finding.region === null ? {} : { region: finding.region }),
    },
    resources: findingResources(finding).map(resourceOf),
    remediation: { desc: finding.remedy },
    ...(reasons.length === 0
      ? {}
      : { evidences: reasons.slice(0, EVIDENCES_MAX).map((reason) => ({ data: { ...reason } })) }),
    unmapped: {
      doubts,
      statements: reasons.length,
      rights: finding.scope.rights,
      conditions: finding.scope.conditions,
      repositories: repositories.count,
      repositories_in_production: repositories.inProduction,
    },
  };
}

/** Deciding statements beyond these add nothing that a person reads; how many there are is said. */
const EVIDENCES_MAX = 50;

const OCSF_SEVERITIES: Readonly<Record<Severity, { readonly id: number; readonly name: string }>> = {
  info: { id: 1, name: 'Informational' },
  low: { id: 2, name: 'Low' },
  medium: { id: 3, name: 'Medium' },
  high: { id: 4, name: 'High' },
  critical: { id: 5, name: 'Critical' },
};

const ACTIVITIES = {
  create: { id: 1, name: 'Create' },
  update: { id: 2, name: 'Update' },
  close: { id: 3, name: 'Close' },
} as const;

/** A finding closes when it is resolved, and when somebody approved what it is about. */
function activityOf(life: FindingLife | null): keyof typeof ACTIVITIES {
  if (life === null) {
    return 'create';
  }
  if (life.status !== 'active') {
    return 'close';
  }
  return life.changedAt === life.openedAt && life.acknowledged === null ? 'create' : 'update';
}

function statusOf(life: FindingLife | null): { readonly id: number; readonly name: string } {
  switch (life?.status) {
    case 'archived':
      return { id: 3, name: 'Suppressed' };
    case 'resolved':
      return { id: 4, name: 'Resolved' };
    case 'active':
    case undefined:
      return (life?.acknowledged ?? null) === null ? { id: 1, name: 'New' } : { id: 2, name: 'In Progress' };
  }
}

const RESOURCE_TYPES: Readonly<Record<ResourceKind, string>> = {
  repository: 'AWS::ECR::Repository',
  registry: 'AWS::ECR::Registry',
  role: 'AWS::IAM::Role',
  user: 'AWS::IAM::User',
  root: 'AWS::IAM::Root',
  policy: 'AWS::IAM::ManagedPolicy',
  account: 'AWS::::Account',
  other: 'Other',
};

const ROLES = {
  subject: { role_id: 1, role: 'Target' },
  principal: { role_id: 2, role: 'Actor' },
  example: { role_id: 3, role: 'Affected' },
} as const;

function resourceOf({ id, name, kind, part, accountId, region }: FindingResource): OcsfResource {
  return {
    uid: id,
    name,
    type: RESOURCE_TYPES[kind],
    ...ROLES[part],
    ...(region === null ? {} : { region }),
    ...(accountId === null ? {} : { owner: { account: account(accountId) } }),
  };
}

/** What is so, why it matters, and, so that no reader takes it for certain, what it rests on. */
function descriptionOf(what: string, why: string, doubts: readonly string[]): string {
  return [what, why, ...doubts.map((doubt) => `Not certain: ${doubt}`)].join('\n');
}

const titles = new Map(RULES.map(({ id, what }) => [id, what]));

/** A rule of another version may be gone; its id still says which one it was. */
function ruleTitle(ruleId: string): string {
  return titles.get(ruleId) ?? ruleId;
}

function epochMs(time: string): number {
  return Date.parse(time);
}
