import { describeResidual } from '../../describe-residual.ts';
import type { AccessDrift } from '../../drift/drifted-access.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { type ConditionedRight, scopeConditions } from '../scope-conditions.ts';
import { counted, listed } from '../words.ts';

export const conditionRemoved: Rule = {
  id: 'ECR-COND-REMOVED',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'access that hung on a condition now hangs on less, or on another one',
  why: 'The same actions are open to more: another network, no second factor, any organization.',
  remedy: 'Put the condition back.',
  find: findWidened,
};

function* findWidened({ drift, scan }: FindingInput): Generator<Match> {
  const byArn = new Map(scan.repositories.map((repository) => [repository.arn, repository]));
  // One change of a policy widens the access of many: it is one matter.
  const groups = Map.groupBy(
    (drift?.drifts ?? []).filter(({ kind }) => kind === 'widened' || kind === 'altered'),
    (part) => JSON.stringify(subjectsOf(part, drift)),
  );
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) {
      continue;
    }
    const subjects = subjectsOf(first, drift);
    const principals = new Map(group.flatMap((part) => part.principals.map((each) => [each.id, each] as const)));
    const names = [...principals.values()].map(({ name }) => name);
    const repositories = new Set(group.flatMap((part) => part.repositories));
    const [before, after] = [first.before, first.after].map(({ residual }) => describeResidual(residual));
    const accounts = new Set([...principals.values()].map(({ accountId }) => accountId));
    yield {
      about: subjects,
      accountId: accounts.size === 1 ? ([...accounts][0] ?? null) : null,
      region: null,
      resource: subjects[0] ?? '',
      title: `access of ${listed(names)} no longer hangs on ${before?.replace(/^(?:only )?if /, '') ?? 'its condition'}`,
      what: `${counted(names.length, 'principal', 'principals')} could act only ${before ?? 'under a condition'}; now ${after ?? 'always'}.`,
      repositories: [...repositories].flatMap((arn) => byArn.get(arn) ?? []),
      rights: group.flatMap(({ capabilities, actions }) => [...capabilities, ...actions]),
      conditions: scopeConditions(group.flatMap(conditionedRights)),
      principals: [...principals.keys()],
      because: group.flatMap(({ differences }) => differences),
      ...(group.every(({ kind }) => kind === 'altered')
        ? { isLessGrave: true, doubts: ['whether the new condition is wider or narrower cannot be told'] }
        : {}),
    };
  }
}

function conditionedRights({
  capabilities,
  actions,
  after,
  principals,
  repositories,
}: AccessDrift): ConditionedRight[] {
  const condition = describeResidual(after.residual);
  const [where, who] = [repositories.join(' '), principals.map(({ id }) => id).join(' ')];
  return [...capabilities, ...actions].map((right) => ({ condition, right, where, who }));
}

/** The policies that made it; where none did by itself, the principals. */
function subjectsOf(part: AccessDrift, drift: FindingInput['drift']): string[] {
  const made = part.differences.flatMap((index) => {
    const difference = drift?.differences[index];
    return difference === undefined ? [] : (difference.policy ?? difference.subjects.join(' '));
  });
  return made.length > 0 ? [...new Set(made)].toSorted() : part.principals.map(({ id }) => id).toSorted();
}
