import { isAtLeast, type Severity, SEVERITIES } from '../findings/finding.ts';
import type { Alert, AlertCause, AlertedFinding } from './alert.ts';
import type { AlertSettings } from './alert-settings.ts';
import { type RoutedFinding, channelsBy } from './channel-of.ts';
import { isBetween, nextLocalTime } from './local-time.ts';

/** A finding as it stands now, with the change that made it, where that is known. */
export interface FindingToTell extends RoutedFinding {
  readonly cause: AlertCause | null;
  /** In words, what remains as explanation where no call made it. */
  readonly explanation: string | null;
}

export interface AlertInput {
  readonly findings: readonly FindingToTell[];
  /** What people have been told, with the severity that it had then; null before anything was told at all. */
  readonly said: readonly { readonly fingerprint: string; readonly severity: Severity }[] | null;
  readonly settings: AlertSettings;
  /** ISO time, UTC. */
  readonly now: string;
  /** A SHA-256 as text. */
  readonly digest: (text: string) => string;
}

interface Group {
  readonly channel: string | null;
  readonly form: Alert['form'];
  readonly findings: readonly FindingToTell[];
}

/**
 * Plans who is told what, where and when: each finding that is new, or graver than it was told, in exactly one message.
 *
 * One message for each cause, or for each rule, account and explanation where no cause is known; lesser ones gather in a digest. What
 * would be too many messages for a channel is one message, which names all of it. The first time there is one summary.
 */
export function planAlerts(input: AlertInput): readonly Alert[] {
  const { settings } = input;
  const told = new Map(input.said?.map(({ fingerprint, severity }) => [fingerprint, severity]));
  const toTell = input.findings.filter(({ finding: { fingerprint, severity } }) => {
    const before = told.get(fingerprint);
    return before === undefined || !isAtLeast(before, severity);
  });
  const channelOf = channelsBy(settings.routes);
  const byChannel = Map.groupBy(uniqueByFingerprint(toTell).toSorted(gravestFirst), channelOf);
  return [...byChannel].flatMap(([channel, findings]) => {
    const groups = input.said === null ? [group(channel, 'summary', findings)] : groupsOf(channel, findings, settings);
    return atMost(settings.messagesMax, groups).map((one) => alertOf(one, input));
  });
}

function groupsOf(
  channel: string | null,
  findings: readonly FindingToTell[],
  { digest }: AlertSettings,
): readonly Group[] {
  const isLesser = ({ finding }: FindingToTell): boolean => isAtLeast(digest.severity, finding.severity);
  const lesser = findings.filter(isLesser);
  const changes = Map.groupBy(
    findings.filter((one) => !isLesser(one)),
    ({ finding, cause, explanation }) =>
      // Of two explanations one message could give only one, and it would be wrong for the others.
      JSON.stringify(cause === null ? [finding.ruleId, finding.accountId, explanation] : [cause.eventId]),
  );
  return [
    ...[...changes.values()].map((members) => group(channel, 'change', members)),
    ...(lesser.length === 0 ? [] : [group(channel, 'digest', lesser)]),
  ];
}

/** The groups come the gravest first, so that those that stand alone are the gravest; the digest stays on its own. */
function atMost(messagesMax: number, groups: readonly Group[]): readonly Group[] {
  const changes = groups.filter(({ form }) => form !== 'digest');
  const others = groups.filter(({ form }) => form === 'digest');
  const room = Math.max(1, messagesMax - others.length);
  const [first] = changes;
  if (first === undefined || changes.length <= room) {
    return groups;
  }
  const alone = changes.slice(0, room - 1);
  const rest = changes.slice(room - 1).flatMap(({ findings }) => findings);
  return [...alone, group(first.channel, 'burst', rest.toSorted(gravestFirst)), ...others];
}

function group(channel: string | null, form: Alert['form'], findings: readonly FindingToTell[]): Group {
  return { channel, form, findings };
}

function alertOf({ channel, form, findings }: Group, { settings, now, digest }: AlertInput): Alert {
  const severity = findings[0]?.finding.severity ?? 'info';
  const cause = form === 'change' ? (findings[0]?.cause ?? null) : null;
  return {
    key: digest(
      JSON.stringify([
        form,
        channel,
        findings.map(({ finding }) => `${finding.severity} ${finding.fingerprint}`).toSorted(),
      ]),
    ),
    form,
    severity,
    channel,
    notBefore: notBefore(form, severity, { settings, now }),
    title: titleOf(form, findings, cause),
    cause,
    explanation: form === 'change' && cause === null ? (findings[0]?.explanation ?? null) : null,
    link: settings.link,
    findings: findings.map(alerted),
  };
}

function notBefore(
  form: Alert['form'],
  severity: Severity,
  { settings, now }: Pick<AlertInput, 'settings' | 'now'>,
): string | null {
  const { quietHours, timeZone } = settings;
  const at = form === 'digest' ? nextLocalTime(now, settings.digest.at, timeZone) : null;
  const due = at ?? now;
  return quietHours !== null && !isAtLeast(severity, quietHours.except) && isBetween(due, quietHours, timeZone)
    ? nextLocalTime(due, quietHours.to, timeZone)
    : at;
}

function titleOf(form: Alert['form'], findings: readonly FindingToTell[], cause: AlertCause | null): string {
  const [first] = findings;
  const counted = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  switch (form) {
    case 'summary':
      return `The first scan: ${counted}`;
    case 'digest':
      return `Of lesser weight: ${counted}`;
    case 'burst':
      return `Further changes: ${counted}`;
    case 'change':
      if (findings.length === 1 || first === undefined) {
        return first?.finding.title ?? counted;
      }
      return cause === null ? `${first.finding.ruleId}: ${counted}` : `${cause.eventName}: ${counted}`;
  }
}

function alerted({ finding }: FindingToTell): AlertedFinding {
  const { fingerprint, ruleId, severity, accountId, region, resource, title, what, why, remedy } = finding;
  return {
    fingerprint,
    ruleId,
    severity,
    accountId,
    region,
    resource,
    principal: finding.principal === null ? null : (finding.principal.arn ?? finding.principal.id),
    title,
    what,
    why,
    remedy,
    reasons: finding.reasons.map(({ effect, statement, policy, via }) => ({ effect, statement, policy, via })),
    doubts: [...finding.doubts],
  };
}

/** The gravest of those that say the same. */
function uniqueByFingerprint(findings: readonly FindingToTell[]): readonly FindingToTell[] {
  const found = new Map<string, FindingToTell>();
  for (const one of findings.toSorted(gravestFirst)) {
    if (!found.has(one.finding.fingerprint)) {
      found.set(one.finding.fingerprint, one);
    }
  }
  return [...found.values()];
}

function gravestFirst({ finding: a }: FindingToTell, { finding: b }: FindingToTell): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0)
  );
}
