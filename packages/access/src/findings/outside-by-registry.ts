import type { FindingInput } from './finding-input.ts';
import { registryOf } from './registry-pattern.ts';
import {
  doubtsOf,
  isAnyone,
  type OutsideAction,
  outsideConditions,
  type OutsideGrant,
  reasonsOf,
} from './outside-grants.ts';
import { limitWords } from './outside-reach.ts';
import type { Match } from './rule.ts';
import { registryName } from './words.ts';

/** What somebody outside may do throughout one registry. */
export interface RegistryGrant {
  readonly who: string;
  readonly place: string;
  /** In brackets behind a blank; empty where there is none. */
  readonly condition: string;
  readonly isPartner: boolean;
  readonly match: Omit<Match, 'title' | 'what'>;
}

interface Part {
  readonly grant: OutsideGrant;
  readonly actions: readonly OutsideAction[];
}

/** By principal and registry, of accounts that are neither ours nor allowed to, and of anyone. */
export function* outsideByRegistry(
  { scan, parties }: FindingInput,
  wanted: readonly string[],
): Generator<RegistryGrant> {
  const isThere = new Set(scan.repositories);
  const parts = [...scan.outside, ...scan.outsideToCome].flatMap((grant): Part[] => {
    const actions = grant.actions.filter(({ action }) => wanted.includes(action));
    return actions.length === 0 ? [] : [{ grant, actions }];
  });
  const groups = Map.groupBy(parts, ({ grant: { principal, repository } }) =>
    JSON.stringify([principal.id, repository.accountId, repository.region]),
  );
  for (const group of groups.values()) {
    const [first] = group;
    const { principal, repository } = first?.grant ?? {};
    const callerAccountId = principal?.accountId ?? null;
    const party = callerAccountId === null ? null : parties.ofAccount(callerAccountId);
    if (principal === undefined || repository === undefined || party === 'ours' || party === 'allowed') {
      continue;
    }
    const { accountId, region } = repository;
    const actions = group.flatMap((part) => part.actions);
    const limits = actions.flatMap(({ reach }) => reach.limits);
    const isLimited = actions.every(({ reach }) => reach.verdict === 'no');
    // Another organization is told by ECR-ORGID-STALE.
    if (isAnyone(principal) && isLimited && limits.every(({ kind }) => kind === 'organization')) {
      continue;
    }
    const words = [...new Set(actions.flatMap(({ reach }) => reach.condition ?? []))].filter((text) => text !== '');
    yield {
      who: isAnyone(principal)
        ? isLimited
          ? `whoever meets a condition on ${limitWords(limits)}`
          : 'anybody with an AWS account'
        : principal.arn,
      place: `the registry of ${accountId} in ${region}`,
      condition: words.length === 0 ? '' : ` (${words.join('; or ')})`,
      isPartner: party === 'partner',
      match: {
        about: [registryName({ accountId, region }), principal.id],
        accountId,
        region,
        resource: registryName({ accountId, region }),
        principal: { id: principal.id, arn: principal.arn },
        repositories: [...new Set(group.map(({ grant }) => grant.repository).filter((each) => isThere.has(each)))],
        rights: actions.map(({ action }) => action),
        conditions: outsideConditions(group),
        toCome: toComeOf(group, scan),
        reasons: [
          ...new Map(
            group
              .flatMap((part) => reasonsOf(part.grant, part.actions))
              .map((reason) => [JSON.stringify(reason), reason]),
          ).values(),
        ].slice(0, 20),
        doubts: [
          ...(parties.doubt === null || party === null ? [] : [parties.doubt]),
          ...group.flatMap((part) => doubtsOf(part.grant, part.actions)),
        ],
      },
    };
  }
}

/** Of a statement for every repository of the registry, the example was one under a name that nobody gives. */
function toComeOf(group: readonly Part[], { repositories }: FindingInput['scan']): string[] {
  const arns = new Set(group.map(({ grant }) => grant.repository.arn));
  const [registry] = [...arns].filter((arn) => EXAMPLES.test(arn)).map(registryOf);
  const isWhole = repositories.every(({ arn }) => registryOf(arn) !== registry || arns.has(arn));
  return registry !== undefined && isWhole ? [registry] : [];
}

const EXAMPLES = /:repository\/any-new(?:-repository)?$/;
