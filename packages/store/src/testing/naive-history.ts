import type { AccessRow } from '@ecr-audit/access';
import { canonicalJson } from '../evaluation/canonical-json.ts';
import type { Evaluation, EvaluationCounts } from '../evaluation/evaluation.ts';

/** A cell as the tests compare it: the answer as text, by principal, place and action. */
export type Cells = ReadonlyMap<string, NaiveCell>;

export interface NaiveCell {
  readonly decision: string;
  /** Decision and residual, which decide how old an answer is. */
  readonly decided: string;
  readonly answer: string;
}

export function cellKey(principalId: string, place: string, action: string): string {
  return [principalId, place, action].join('\t');
}

export function naiveCell({
  decision,
  residual,
  reasons,
  limits,
}: Pick<AccessRow, 'decision' | 'residual' | 'reasons' | 'limits'>): NaiveCell {
  return {
    decision,
    decided: decision === 'unknown' ? decision : canonicalJson([decision, residual]),
    answer: canonicalJson([decision, residual, reasons, limits]),
  };
}

type Known = Pick<Evaluation, 'covered' | 'unreadPolicies' | 'registries'> & {
  readonly principals: Evaluation['principals'];
  readonly repositories: Evaluation['repositories'];
};

/** What one who knows every principal and repository writes down, cell by cell. */
export function nextCells(
  before: Cells,
  rows: readonly AccessRow[],
  listed: Known,
  universe: Pick<Known, 'principals' | 'repositories'>,
): Cells {
  const next = new Map<string, NaiveCell>();
  for (const row of rows) {
    const place = row.resource === '*' ? `${row.accountId} ${row.region}` : row.resource;
    next.set(cellKey(row.principal.id, place, row.action), naiveCell(row));
  }
  for (const principal of universe.principals) {
    const own = [...before].filter(([key]) => key.split('\t')[0] === principal.id);
    const kept = own.map(([key, cell]) => ({ key, cell, what: whyKept(key, principal, listed, universe) }));
    const isListed = listed.principals.includes(principal);
    const isSession = !isListed && (principal.kind === 'session' || principal.kind === 'federatedUser');
    const isAnyKept = kept.some(({ what }) => what !== null && what !== 'answered');
    for (const { key, cell, what } of kept) {
      const reason = what ?? (isSession && isAnyKept ? 'a policy that may name this session' : null);
      if (reason !== null && reason !== 'answered') {
        next.set(key, cell.decision === 'unknown' ? cell : naiveCell(unknownBecauseOf(reason)));
      }
    }
  }
  return next;
}

function whyKept(
  key: string,
  principal: Known['principals'][number],
  listed: Known,
  universe: Pick<Known, 'repositories'>,
): string | null {
  const place = key.split('\t')[1] ?? '';
  const repository = universe.repositories.find(({ arn }) => arn === place);
  const [accountId, region] = repository === undefined ? place.split(' ') : [repository.accountId, repository.region];
  const isListed = listed.principals.includes(principal);
  const isPlaceListed =
    repository === undefined
      ? accountId === principal.accountId &&
        listed.registries.some((registry) => registry.accountId === accountId && registry.region === region)
      : listed.repositories.includes(repository);
  if (isListed && isPlaceListed) {
    return 'answered';
  }
  const hasIam = principal.kind !== 'external' && principal.kind !== 'service';
  if (hasIam && !listed.covered.iamAccounts.includes(principal.accountId ?? '')) {
    return `IAM of account ${principal.accountId}`;
  }
  if (!listed.covered.registries.some((each) => each.accountId === accountId && each.region === region)) {
    return `ECR of account ${accountId} in ${region}`;
  }
  const isNamedOnly = !isListed && principal.kind !== 'user' && principal.kind !== 'role' && principal.kind !== 'root';
  const unread = isNamedOnly ? (listed.unreadPolicies ?? []) : [];
  if (unread.some(({ repositoryArn }) => repositoryArn === place)) {
    return `the policy of ${place}`;
  }
  const isOfRegistry = (each: { readonly accountId: string; readonly region: string }): boolean =>
    each.accountId === accountId && each.region === region;
  return unread.some((each) => each.repositoryArn === null && isOfRegistry(each))
    ? `the registry policy of account ${accountId} in ${region}`
    : null;
}

function unknownBecauseOf(what: string): Pick<AccessRow, 'decision' | 'residual' | 'reasons' | 'limits'> {
  const limits = [{ code: 'notCovered', message: `${what} could not be read in this scan` }];
  return { decision: 'unknown', residual: { unreadable: what }, reasons: [], limits };
}

export function naiveCounts(before: Cells, now: Cells): Omit<EvaluationCounts, 'rowsWritten'> {
  const unchanged = [...now].filter(([key, { answer }]) => before.get(key)?.answer === answer).length;
  return { opened: now.size - unchanged, closed: before.size - unchanged, unchanged };
}

/** The index in `history` since which a cell is decided as it is in the last of them. */
export function naiveSince(history: readonly Cells[], key: string): number {
  const decided = history.at(-1)?.get(key)?.decided;
  let since = history.length - 1;
  for (let index = since - 1; index >= 0; index -= 1) {
    const earlier = history[index]?.get(key);
    if (earlier?.decided === decided) {
      since = index;
    } else if (earlier?.decision !== 'unknown') {
      break;
    }
  }
  return since;
}
