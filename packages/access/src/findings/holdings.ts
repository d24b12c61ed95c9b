import { type AccessProfile, type PrincipalAccess, resolveReasons } from '../access-matrix.ts';
import { type AccessAnswer, isAccess, type Reason } from '../answer.ts';
import { addAll, bitSet, isEmpty, members } from '../bit-set.ts';
import { describeResidual } from '../describe-residual.ts';
import type { PrincipalRef } from '../principal.ts';
import type { ScanView } from './finding-input.ts';
import { onlyWords } from './words.ts';
import { type JudgedRepository, repositoriesIn } from './judged-repositories.ts';

/** What one principal may do of some actions: allowed, under a condition, or perhaps. */
export interface Holding {
  readonly principal: PrincipalRef;
  readonly actions: readonly string[];
  readonly repositories: readonly JudgedRepository[];
  readonly registries: readonly { readonly accountId: string; readonly region: string }[];
  readonly reasons: readonly Reason[];
  readonly doubts: readonly string[];
}

/** The users and roles of the snapshot, whose policies are the customer's: AWS writes those of its service-linked roles. */
export function ownPrincipals({ access }: Pick<ScanView, 'access'>): PrincipalAccess[] {
  return access.filter(
    ({ principal: { kind, arn } }) =>
      (kind === 'user' || kind === 'role' || kind === 'session') && !arn.includes(':role/aws-service-role/'),
  );
}

/** Null where the principal certainly may do none of them anywhere. */
export function holdingOf(
  { principal, repositories: blocks, registries }: PrincipalAccess,
  actions: readonly string[],
  { repositories }: Pick<ScanView, 'repositories'>,
): Holding | null {
  const set = bitSet(repositories.length);
  const found: { readonly action: string; readonly answer: AccessAnswer; readonly repositoryArn: string | null }[] = [];
  for (const block of blocks) {
    const answers = answersIn(block.profile, actions);
    if (answers.length > 0) {
      addAll(set, block.set);
      const [first] = members(block.set);
      const repositoryArn = first === undefined ? null : (repositories[first]?.arn ?? null);
      found.push(...answers.map((each) => ({ ...each, repositoryArn })));
    }
  }
  const places = registries.filter(({ profile }) => {
    const answers = answersIn(profile, actions);
    found.push(...answers.map((each) => ({ ...each, repositoryArn: null })));
    return answers.length > 0;
  });
  if (isEmpty(set) && places.length === 0) {
    return null;
  }
  // What is certain tells more than what is not.
  const certain = found.filter(({ answer }) => answer.decision === 'allowed');
  const open = found.filter(({ answer }) => answer.decision === 'conditional');
  const telling = certain.length > 0 ? certain : open.length > 0 ? open : found;
  return {
    principal,
    actions: actions.filter((action) => found.some((each) => each.action === action)),
    repositories: repositoriesIn(set, repositories),
    registries: places.map(({ accountId, region }) => ({ accountId, region })),
    reasons: distinct(
      telling.flatMap(({ answer, repositoryArn }) =>
        resolveReasons(answer.reasons, { principalArn: principal.arn, repositoryArn }),
      ),
    ),
    doubts: doubtsAbout(telling.map(({ answer }) => answer)),
  };
}

function answersIn(
  { answers }: AccessProfile,
  actions: readonly string[],
): { readonly action: string; readonly answer: AccessAnswer }[] {
  return actions.flatMap((action) => {
    const answer = answers.get(action);
    return answer === undefined || !isAccess(answer) ? [] : [{ action, answer }];
  });
}

/** What keeps answers from being certain. */
function doubtsAbout(answers: readonly AccessAnswer[]): string[] {
  const conditions = answers.flatMap(({ decision, residual }) =>
    decision === 'conditional' ? [onlyWords(describeResidual(residual) ?? 'under a condition')] : [],
  );
  const isUnknown = answers.every(({ decision }) => decision === 'unknown');
  return [
    ...(isUnknown ? ['whether it may was not to be known: something that decides could not be read'] : []),
    ...new Set(conditions),
    ...new Set(answers.flatMap(({ limits }) => limits.map(({ message }) => message))),
  ];
}

const REASONS_MAX = 20;

/** The Allows first: a Deny that did not apply everywhere explains less. */
function distinct(reasons: readonly Reason[]): Reason[] {
  const all = [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
  return all.toSorted((a, b) => Number(a.effect === 'Deny') - Number(b.effect === 'Deny')).slice(0, REASONS_MAX);
}
