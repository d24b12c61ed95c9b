import { describeResidual } from '../describe-residual.ts';
import type { AccessDrift, DriftedAccess, UnknownDrift } from '../drift/drifted-access.ts';
import type { PrincipalRef } from '../principal.ts';
import type { FindingInput } from './finding-input.ts';
import type { JudgedRepository } from './judged-repositories.ts';
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
    { concerned, wanted, differences: drift?.differences ?? [] },
  );
  yield* byRepository(gained.filter(isNewRepository), { concerned, wanted });
  yield* byGap(
    (drift?.notKnown ?? []).filter(({ mayBe }) => mayBe === 'granted'),
    { concerned, wanted },
  );
}

interface Context {
  readonly concerned: (part: DriftedAccess) => JudgedRepository[];
  readonly wanted: Gained;
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

/** What of the wanted was gained. */
function rightsOf(parts: readonly DriftedAccess[], wanted: Pick<Gained, 'capabilities' | 'actions'>): string[] {
  return parts.flatMap(({ capabilities, actions }) => [
    ...wanted.capabilities.filter((name) => capabilities.some((each) => each === name)),
    ...wanted.actions.filter((name) => actions.includes(name)),
  ]);
}

function peopleIn({ principals }: DriftedAccess): readonly PrincipalRef[] {
  const ids = new Set(principals.map(({ id }) => id));
  return principals.filter(
    ({ kind, id }) => kind !== 'root' && !(kind === 'session' && ids.has(id.split(':', 1)[0] ?? '')),
  );
}

function* byPrincipal(
  parts: readonly AccessDrift[],
  { concerned, wanted, differences }: Context & Pick<NonNullable<FindingInput['drift']>, 'differences'>,
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
        title: `${name} may now ${wanted.verb} ${placeWords(repositories)}`,
        what: `${arn} could not before${policies.length === 0 ? '' : `; what differs is ${listed([...new Set(policies)])}`}.`,
        repositories,
        rights: rightsOf(
          group.map(({ part }) => part),
          wanted,
        ),
        conditions,
        because: group.flatMap(({ part }) => part.differences),
        doubts: [...new Set(conditions.map(onlyWords))],
      };
    }
  }
}

function* byRepository(parts: readonly AccessDrift[], { concerned, wanted }: Context): Generator<Match> {
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
        title: `${counted(names.length, 'principal', 'principals')} may ${wanted.verb} ${name}, which is new`,
        what: `The repository was made since, and ${listed(names)} may.`,
        repositories: [first.repository],
        rights: rightsOf(
          group.map(({ part }) => part),
          wanted,
        ),
        principals: group.flatMap(({ part }) => peopleIn(part).map(({ id }) => id)),
        because: group.flatMap(({ part }) => part.differences),
        isLessGrave: true,
      };
    }
  }
}

function* byGap(parts: readonly UnknownDrift[], { concerned, wanted }: Context): Generator<Match> {
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
        title: `whether ${counted(names.size, 'principal', 'principals')} may newly ${wanted.verb} ${placeWords(repositories)} is not known`,
        what: `In one of the two snapshots this was not read: ${listed(unread)}.`,
        repositories,
        rights: rightsOf(group, wanted),
        principals: [...names],
        because: [],
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
