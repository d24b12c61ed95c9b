import { addAll, bitSet, isEmpty } from '../bit-set.ts';
import { type Absence, DAY_MS } from '../over-permission/judge-absence.ts';
import type { PrincipalUse, RightUse } from '../over-permission/report.ts';
import type { FindingInput } from './finding-input.ts';
import { accessById, holdingOf } from './holdings.ts';
import { repositoriesIn } from './judged-repositories.ts';
import type { Match } from './rule.ts';
import { counted } from './words.ts';

interface Dormant {
  /** Capabilities, none of which was used anywhere. */
  readonly rights: readonly string[];
  readonly verb: string;
  readonly isConcerned: (use: PrincipalUse) => boolean;
}

// The first days of the 90 that LookupEvents keeps are often lost to the first collection.
const MISSING_DAYS_MAX = 10;

/**
 * By principal: that it uses none of them is about it alone, also where it has them of a policy that others use.
 *
 * Who used none of some rights anywhere, and where every use would have shown for as long as the settings ask.
 *
 * Where that was not wholly seen there is no finding, because nobody knows; ECR-BLIND tells of what was not seen.
 */
export function* dormantMatches(
  { scan, use, settings }: FindingInput,
  { rights, verb, isConcerned }: Dormant,
): Generator<Match> {
  const daysMin = Math.max(7, settings.dormantDays - MISSING_DAYS_MAX);
  for (const principalUse of (use?.principals ?? []).filter(isConcerned)) {
    const { principal, lastUsedMs } = principalUse;
    const held = principalUse.capabilities.filter(({ right }) => rights.includes(right));
    const set = bitSet(scan.repositories.length);
    let days = Number.POSITIVE_INFINITY;
    for (const { absence, set: there } of held.flatMap(({ absent }) => absent)) {
      const watched = watchedDays(absence);
      if (watched >= daysMin) {
        addAll(set, there);
        days = Math.min(days, watched);
      }
    }
    if (isEmpty(set) || held.some(({ used }) => used.length > 0)) {
      continue;
    }
    const repositories = repositoriesIn(set, scan.repositories);
    const last =
      lastUsedMs === null
        ? 'it was never seen to use anything'
        : `it was last seen ${new Date(lastUsedMs).toISOString()}`;
    yield {
      about: [principal.id],
      accountId: principal.accountId,
      region: null,
      resource: principal.arn,
      principal: { id: principal.id, arn: principal.arn },
      title: `${principal.name} may ${verb} in ${counted(repositories.length, 'repository', 'repositories')}, and did not in ${Math.floor(days)} days`,
      what: `Every such event of ${principal.arn} would have been seen there; ${last}.`,
      repositories,
      rights: held.map(({ right }) => right),
      toCome: toComeOf(principal.id, rights, scan),
      doubts: doubtsOf(held, daysMin),
    };
  }
}

/** A repository that is made later lies as unused as those that are there. */
function toComeOf(id: string, rights: readonly string[], scan: FindingInput['scan']): readonly string[] {
  const access = accessById(scan).get(id);
  return access === undefined ? [] : (holdingOf(access, rights, scan)?.toCome ?? []);
}

function watchedDays(absence: Absence): number {
  return absence.kind === 'unused' ? (absence.window.untilMs - absence.window.fromMs) / DAY_MS : 0;
}

function doubtsOf(held: readonly RightUse[], daysMin: number): string[] {
  const isOpenElsewhere = held.some(({ absent }) => absent.some(({ absence }) => watchedDays(absence) < daysMin));
  return [
    ...(isOpenElsewhere ? ['in other repositories it is not known whether it did'] : []),
    ...(held.some(({ uncertain }) => !isEmpty(uncertain))
      ? ['in some places the right itself hangs on a condition, or was not to be known']
      : []),
  ];
}
