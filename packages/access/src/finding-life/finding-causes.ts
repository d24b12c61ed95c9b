import type { AlertCause } from '../alerts/alert.ts';
import type { Cause } from '../cause/cause.ts';
import { causeActor } from '../cause/cause-actor.ts';
import { describeActor, describeCause } from '../cause/describe-cause.ts';
import type { SeenChange } from '../cause/seen-change.ts';
import type { ConfigurationDifference } from '../drift/configuration-difference.ts';
import type { AccessDrifts } from '../drift/drifted-access.ts';
import type { Finding } from '../findings/finding.ts';

/** What changed since the scan before, and what made it. `causes` are those of the differences, in their order. */
export interface CausedDrift {
  readonly drift: AccessDrifts;
  readonly differences: readonly ConfigurationDifference[];
  readonly causes: readonly Cause[];
  /** The calls between the two, for what is told of settings that no access rests on. */
  readonly changes: readonly SeenChange[];
}

/** The calls that make what these rules find, which is no difference of access. */
const SETTING_CALLS: Readonly<Record<string, readonly string[]>> = {
  'ECR-TAG-MUTABLE': ['PutImageTagMutability'],
  'ECR-SCAN-OFF': ['PutImageScanningConfiguration', 'PutRegistryScanningConfiguration'],
};

/** Why a finding is new or other: the call, or in words what remains as explanation. Both null where nothing is known. */
export interface FindingCause {
  readonly cause: AlertCause | null;
  readonly explanation: string | null;
}

/**
 * What made a finding what it is: the differences that its rule names; else those that gave its principals these rights on its
 * repositories; else those in the policies that it rests on. Of several calls it is the last.
 */
export function findingCauses(
  since: CausedDrift,
  because: ReadonlyMap<string, readonly number[]>,
): (finding: Finding) => FindingCause {
  const { drift, differences, causes } = since;
  const gained = drift.drifts.filter(({ kind }) => kind !== 'revoked' && kind !== 'narrowed');
  const inferred = (finding: Finding): number[] => {
    const concerned = new Set(gained.filter((each) => isAbout(each, finding)).flatMap((each) => each.differences));
    return concerned.size > 0
      ? [...concerned]
      : differences.flatMap((difference, index) => (isIn(difference, finding) ? [index] : []));
  };
  return (finding) => {
    const found = (because.get(finding.fingerprint) ?? inferred(finding)).flatMap((index) => causes[index] ?? []);
    const calls = found.flatMap((cause) => (cause.kind === 'events' ? cause.events : []));
    const last = calls.toSorted((a, b) => (a.time < b.time ? -1 : 1)).at(-1);
    if (last !== undefined) {
      const { eventId, eventName, actor, sourceAddress, time } = last;
      return { cause: { eventId, eventName, actor: describeActor(actor), sourceAddress, time }, explanation: null };
    }
    const call = found.length === 0 ? settingCall(finding, since.changes) : null;
    if (call !== null) {
      return { cause: call, explanation: null };
    }
    const [none] = found;
    return { cause: null, explanation: none === undefined ? null : describeCause(none).join(' ') };
  };
}

function settingCall({ ruleId, resource }: Finding, changes: readonly SeenChange[]): AlertCause | null {
  const names = SETTING_CALLS[ruleId] ?? [];
  const last = changes
    .filter(({ eventName, subjects }) => names.includes(eventName) && subjects.some((each) => each.endsWith(resource)))
    .toSorted((a, b) => a.timeMs - b.timeMs)
    .at(-1);
  return last === undefined
    ? null
    : {
        eventId: last.id,
        eventName: last.eventName,
        actor: describeActor(causeActor(last)),
        sourceAddress: last.sourceAddress,
        time: new Date(last.timeMs).toISOString(),
      };
}

type Drift = CausedDrift['drift']['drifts'][number];

/** Whether access that became more is what a finding about principals tells: theirs, of these rights, there. */
function isAbout({ principals, repositories, actions, capabilities }: Drift, { principal, scope }: Finding): boolean {
  const ids = new Set([...(scope.principals ?? []), ...(principal === null ? [] : [principal.id])]);
  const rights = new Set(scope.rights);
  const there = new Set(scope.repositories);
  return (
    principals.some(({ id }) => ids.has(id)) &&
    [...actions, ...capabilities].some((right) => rights.has(right)) &&
    (there.size === 0 || repositories.some((arn) => there.has(arn)))
  );
}

/** Of a finding that rests on policies, only these count: of its resource other things may have changed. */
function isIn({ policy, subjects }: ConfigurationDifference, { reasons, resource }: Finding): boolean {
  return reasons.length > 0
    ? policy !== null && reasons.some((reason) => reason.policy === policy)
    : subjects.some((subject) => subject === resource || subject === `repository:${resource}`);
}
