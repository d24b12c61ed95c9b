import { IDLE_REASONS, type IdlePolicy, MISSING_SIDES, type OneSidedGrant } from '@ecr-audit/access';
import { counted } from '../report/counted.ts';

// More names than this are counted, and stand in the JSON.
const NAMES_MAX = 3;

/** What is to be known of a policy that adds nothing, as short sentences. */
export function idleInWords({ kind, reasons, by, fromAll, owners, isOnlyEcr }: IdlePolicy): readonly string[] {
  const why = reasons.map((reason) => IDLE_REASONS[reason]).join('; ');
  const others = by.length === 0 ? '' : `: ${some(by)}`;
  return [
    `${why}${others}`,
    ...(kind === 'identity' && !fromAll && owners.length > 1 ? ['from each alone, not from all at once'] : []),
    ...(isOnlyEcr ? [] : ['it says something of other services, too']),
  ];
}

/** From whom it can be taken. */
export function ownersInWords({ kind, owners, fromAll }: IdlePolicy): string {
  return kind === 'repository' ? 'the repository' : `${fromAll && owners.length > 1 ? 'all of ' : ''}${some(owners)}`;
}

export function oneSidedInWords({ principals, repositories, missing }: OneSidedGrant): string {
  return `${some(principals)} on ${some(repositories)}: ${MISSING_SIDES[missing]}`;
}

/** The first few names and how many more there are. */
function some(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_MAX).join(', ');
  return names.length > NAMES_MAX ? `${shown} and ${counted(names.length - NAMES_MAX, 'more', 'more')}` : shown;
}

export const IDLE_TITLE = 'Policies that add nothing to anybody’s access to ECR';
export const IDLE_NOTE =
  'Proved by evaluating everything without each of them. Each can be taken away alone; then ask again, for of two that cover each other one has to stay.';
export const ONE_SIDED_TITLE = 'Allowed by one account, and not by the other';
