import type { Severity } from '../findings/finding.ts';
import { type ExportedFinding, type ExportSource, type FindingLife, isoTime } from './exported-finding.ts';
import { type FindingResource, findingResources } from './finding-resources.ts';
import { SARIF_LEVELS } from './sarif-rule.ts';
import { sarifText } from './sarif-text.ts';

export interface SarifSettings {
  /**
   * A file of the repository that results are shown at, such as the configuration of ecr-audit, for consumers that show only results
   * with a file, as GitHub does. Null leaves files out: what findings are about lies in AWS.
   */
  readonly file: string | null;
}

/** Related places beyond these are left to the count in `properties`. */
const RELATED_MAX = 20;

/** A finding as a result, without its rule. */
export function sarifResult(
  { finding, life }: ExportedFinding,
  source: ExportSource,
  { file }: SarifSettings,
): Readonly<Record<string, unknown>> {
  const { title, what, doubts, remedy, reasons, repositories, fingerprint } = finding;
  const [subject, ...related] = findingResources(finding);
  return {
    level: SARIF_LEVELS[finding.severity],
    rank: RANKS[finding.severity],
    message: {
      text: sarifText(
        [`${title}.`, what, ...doubts.map((doubt) => `Not certain: ${doubt}`), `To do: ${remedy}`].join(' '),
      ),
    },
    locations: [
      {
        ...(file === null ? {} : { physicalLocation: physicalLocation(file) }),
        ...(subject === undefined ? {} : { logicalLocations: [logicalLocation(subject)] }),
      },
    ],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.slice(0, RELATED_MAX).map((each, id) => ({
            id,
            logicalLocations: [logicalLocation(each)],
            message: { text: each.part === 'principal' ? 'who it is about' : 'a repository that it is about' },
          })),
        }),
    // GitHub tracks results by the first only; the other one says what the value is.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'ecrAuditFinding/v1': fingerprint },
    ...lifeOf(life, source),
    properties: {
      severity: finding.severity,
      accountId: finding.accountId,
      region: finding.region,
      observedAt: isoTime(source.observedAt),
      repositories: repositories.count,
      repositoriesInProduction: repositories.inProduction,
      rights: finding.scope.rights,
      conditions: finding.scope.conditions,
      doubts,
      statements: reasons,
    },
  };
}

const RANKS: Readonly<Record<Severity, number>> = { critical: 95, high: 80, medium: 55, low: 20, info: 1 };

function physicalLocation(file: string): Readonly<Record<string, unknown>> {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  // No line of it is meant, but GitHub wants one.
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: 1 } };
}

function logicalLocation({ id, name, kind }: FindingResource): Readonly<Record<string, unknown>> {
  return { name, fullyQualifiedName: id, kind: kind === 'other' ? 'resource' : kind };
}

/**
 * How it compares with the scan before, and whether somebody approved it: known only where findings are kept. Either is said of all
 * results or of none, as SARIF wants it.
 */
function lifeOf(life: FindingLife | null, source: ExportSource): Readonly<Record<string, unknown>> {
  if (life === null) {
    return {};
  }
  return {
    baselineState: baselineState(life, source.observedAt),
    suppressions: life.status === 'archived' ? [{ kind: 'external', status: 'accepted' }] : [],
  };
}

function baselineState({ status, openedAt, changedAt }: FindingLife, observedAt: string): string {
  if (status === 'resolved') {
    return 'absent';
  }
  const latest = Date.parse(observedAt);
  if (Date.parse(openedAt) >= latest) {
    return 'new';
  }
  return Date.parse(changedAt) >= latest ? 'updated' : 'unchanged';
}
