import type { Severity } from '@ecr-audit/access';
import type { Standing } from '../sinks/standing.ts';
import { bold, type Line, prose } from './rich-text.ts';

/** How a finding stands, in one line; null where it stands as it was told. */
export function standingLine(standing: Standing | undefined, told: Severity): Line | null {
  if (standing === undefined) {
    return null;
  }
  const words = wordsOf(standing);
  const severity = standing.severity === told ? '' : standing.severity.toUpperCase();
  const said = [severity, words].filter((part) => part !== '').join(', ');
  return said === '' ? null : [...bold('Now: '), ...prose(said)];
}

/** What a heading begins with where all that a message tells of stands alike; nothing where it does not. */
export function headingPrefix(standings: readonly (Standing | undefined)[]): string {
  const kinds = new Set(standings.map((standing) => standing?.state.kind ?? 'open'));
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === undefined || kind === 'open') {
    return '';
  }
  return { acknowledged: 'Acknowledged', approved: 'Approved', resolved: 'Resolved' }[kind].concat(' · ');
}

/** How many of many stand how; null where all are open. */
export function countsLine(standings: readonly (Standing | undefined)[]): Line | null {
  const counts = Map.groupBy(standings, (standing) => standing?.state.kind ?? 'open');
  if (counts.size === 0 || (counts.size === 1 && counts.has('open'))) {
    return null;
  }
  const words = (['open', 'acknowledged', 'approved', 'resolved'] as const).flatMap((kind) => {
    const count = counts.get(kind)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return [...bold('Now: '), ...prose(`of ${standings.length} findings ${words.join(', ')}`)];
}

function wordsOf({ state }: Standing): string {
  switch (state.kind) {
    case 'open':
      return [
        state.reopenedAt === null ? '' : `active again since ${state.reopenedAt}`,
        // A scan that could not look has not seen it go.
        state.unseen === null ? '' : `the latest scan could not tell: ${state.unseen}`,
      ]
        .filter((part) => part !== '')
        .join('; ');
    case 'acknowledged':
      return `${state.by} looks after it since ${state.at}`;
    case 'approved':
      return `approved until ${state.until} by ${state.by}, because: ${state.reason}`;
    case 'resolved':
      return `resolved at ${state.at}`;
  }
}
