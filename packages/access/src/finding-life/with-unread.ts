import { conditionLine, readConditionLine } from '../findings/condition-line.ts';
import { type Finding, isAtLeast } from '../findings/finding.ts';
import { inOrder } from '../findings/finding-scope.ts';
import type { FindingState } from './finding-state.ts';
import type { ReadSources } from './read-sources.ts';

// Of `describeResidual`.
const UNREAD_WORDS = 'could not be read';

/**
 * What was part of a finding and could not be read this time is still part of it, under the conditions that it had: else it would
 * become less by a gap, and more again when the gap is closed.
 */
export function withUnread(now: Finding, { finding: before, status }: FindingState, reads: ReadSources): Finding {
  const known = new Set(now.scope.repositories);
  const kept =
    status === 'resolved' ? [] : before.scope.repositories.filter((arn) => !known.has(arn) && reads.isUnread(arn));
  if (kept.length === 0) {
    return now;
  }
  const { scope } = now;
  const toCome = before.scope.toCome?.filter((registry) => reads.isUnread(registry)) ?? [];
  return {
    ...now,
    severity: isAtLeast(now.severity, before.severity) ? now.severity : before.severity,
    scope: {
      ...scope,
      repositories: inOrder([...scope.repositories, ...kept]),
      rights: inOrder([...scope.rights, ...before.scope.rights]),
      conditions: inOrder([
        ...scope.conditions
          .filter((line) => !line.includes(UNREAD_WORDS))
          .flatMap((line) => ofPlaces(line, scope.repositories)),
        ...before.scope.conditions.flatMap((line) => ofPlaces(line, kept)),
      ]),
      ...(toCome.length === 0 ? {} : { toCome: inOrder([...(scope.toCome ?? []), ...toCome]) }),
    },
  };
}

/** The same condition in these repositories alone, as far as it is about them; one without places is about all. */
function ofPlaces(line: string, repositories: readonly string[]): string[] {
  const { who, rights, places, condition } = readConditionLine(line);
  if (rights === null || places === null) {
    return [line];
  }
  const there = places.has('*') ? repositories : repositories.filter((arn) => places.has(arn));
  const where = [...there, ...[...places].filter((place) => place !== '*' && !place.includes(':repository/'))];
  return where.length === 0
    ? []
    : [
        conditionLine({
          who: [...(who ?? [])].join(' '),
          right: [...rights].join(', '),
          where: where.join(' '),
          condition,
        }),
      ];
}
