import { describeResidual } from '../describe-residual.ts';
import type { AccessDrift, DriftedAccess, UnknownDrift } from '../drift/drifted-access.ts';
import type { PrincipalRef } from '../principal.ts';
import type { FindingInput } from './finding-input.ts';
import { countRepositories, type JudgedRepository } from './judged-repositories.ts';
import type { Match } from './rule.ts';
import { counted, listed, onlyWords } from './words.ts';

interface Gained {
  readonly capabilities: readonly string[];
  readonly actions: readonly string[];
  readonly verb: string;
  readonly isConcerned: (repository: JudgedRepository) => boolean;
}

/**
 * Who may do now what it could not before: principal by principal, a new repository as one matter, and what may be a gain, by
 * what was not read: a gap makes no drift, and must not hide any. What hung on a condition that is gone is told by
 * ECR-COND-REMOVED. Root users are left out: their rights follow from SCPs and Denies, about which there are rules.
 */
export function* gainedMatches(input: FindingInput, wanted: Gained): Generator<Match> {
  const { drift, scan } = input;
  const byArn = new Map(scan.repositories.map((repository) => [repository.arn, repository]));
  const concerned = (part: DriftedAccess): JudgedRepository[] =>
    isWanted(part, wanted)
      ? part.repositories.flatMap((arn) => byArn.get(arn) ?? []).filter((each) => wanted.isConcerned(each))
      : [];
  const gained = (drift?.drifts ?? []).filter(({ kind }) => kind === 'granted');
  yield* byPrincipal(
    gained.filter((part) => !isNewRepository(part)),
    { concerned, verb: wanted.verb, differences: drift?.differences ?? [] },
  );
  yield* byRepository(gained.filter(isNewRepository), { concerned, verb: wanted.verb });
  yield* byGap(
    (drift?.notKnown ?? []).filter(({ mayBe }) => mayBe === 'granted'),
    { concerned, verb: wanted.verb },
  );
}

interface Context {
  readonly concerned: (part: DriftedAccess) => JudgedRepository[];
  readonly verb: string;
}

function isNewRepository({ lifecycle }: DriftedAccess): boolean {
  return lifecycle === 'repositoryCreated' || lifecycle === 'repositoryRecreated';
}

function isWanted({ capabilities, actions }: DriftedAccess, wanted: Pick<Gained, 'capabilities' | 'actions'>): boolean {
  return (
    wanted.capabilities.some((name) => capabilities.some((each) => each === name)) ||
    wanted.actions.some((name) => actions.includes(name))
  );
}

function peopleIn({ principals }: DriftedAccess): readonly PrincipalRef[] {
  const ids = new Set(principals.map(({ id }) => id));
  return principals.filter(
    ({ kind, id }) => kind !== 'root' && !(kind === 'session' && ids.has(id.split(':', 1)[0] ?? '')),
  );
}

function* byPrincipal(
  parts: readonly AccessDrift[],
  { concerned, verb, differences }: Context & Pick<NonNullable<FindingInput['drift']>, 'differences'>,
): Generator<Match> {
  const held = parts.flatMap((part) => {
    const repositories = concerned(part);
    return repositories.length === 0 ? [] : peopleIn(part).map((principal) => ({ principal, part, repositories }));
  });
  for (const group of Map.groupBy(held, ({ principal }) => principal.id).values()) {
    const [first] = group;
    const repositories = distinct(group.flatMap((each) => each.repositories));
    const policies = group.flatMap(({ part }) => part.differences.flatMap((index) => differences[index]?.policy ?? []));
    const conditions = group.flatMap(({ part }) => describeResidual(part.after.residual) ?? []);
    if (first !== undefined) {
      const { id, arn, name, accountId } = first.principal;
      yield {
        about: [id],
        accountId,
        region: null,
        resource: arn,
        principal: { id, arn },
        title: `${name} may now ${verb} ${placeWords(repositories)}`,
        what: `${arn} could not before${policies.length === 0 ? '' : `; what differs is ${listed([...new Set(policies)])}`}.`,
        repositories: countRepositories(repositories),
        doubts: [...new Set(conditions.map(onlyWords))],
      };
    }
  }
}

function* byRepository(parts: readonly AccessDrift[], { concerned, verb }: Context): Generator<Match> {
  const held = parts.flatMap((part) => concerned(part).map((repository) => ({ repository, part })));
  for (const group of Map.groupBy(held, ({ repository }) => repository.arn).values()) {
    const names = [...new Set(group.flatMap(({ part }) => peopleIn(part).map(({ name }) => name)))];
    const [first] = group;
    if (first !== undefined && names.length > 0) {
      const { arn, accountId, region, name } = first.repository;
      yield {
        about: [arn],
        accountId,
        region,
        resource: arn,
        title: `${counted(names.length, 'principal', 'principals')} may ${verb} ${name}, which is new`,
        what: `The repository was made since, and ${listed(names)} may.`,
        repositories: countRepositories([first.repository]),
        isLessGrave: true,
      };
    }
  }
}

function* byGap(parts: readonly UnknownDrift[], { concerned, verb }: Context): Generator<Match> {
  for (const group of Map.groupBy(parts, ({ unread }) => JSON.stringify(unread)).values()) {
    const repositories = distinct(group.flatMap(concerned));
    const names = new Set(
      group.flatMap((part) => (concerned(part).length === 0 ? [] : peopleIn(part).map(({ id }) => id))),
    );
    const unread = group[0]?.unread ?? [];
    if (names.size > 0) {
      const accounts = new Set(repositories.map(({ accountId }) => accountId));
      yield {
        about: ['notKnown', ...unread],
        accountId: accounts.size === 1 ? ([...accounts][0] ?? null) : null,
        region: null,
        resource: repositories[0]?.arn ?? '',
        title: `whether ${counted(names.size, 'principal', 'principals')} may newly ${verb} ${placeWords(repositories)} is not known`,
        what: `In one of the two snapshots this was not read: ${listed(unread)}.`,
        repositories: countRepositories(repositories),
        isLessGrave: true,
        doubts: ['it may be no gain: something that decides was not read'],
      };
    }
  }
}

function distinct(repositories: readonly JudgedRepository[]): JudgedRepository[] {
  return [...new Map(repositories.map((repository) => [repository.arn, repository])).values()];
}

function placeWords(repositories: readonly JudgedRepository[]): string {
  const [only] = repositories;
  return repositories.length === 1 && only !== undefined
    ? only.name
    : counted(repositories.length, 'repository', 'repositories');
}
