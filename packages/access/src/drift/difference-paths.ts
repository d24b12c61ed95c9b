import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import type { IamSnapshot, OrganizationLevelSnapshot, Repository, Snapshot } from '../snapshot/model.ts';
import type { BothSides } from './both-sides.ts';
import type { ConfigurationDifference } from './configuration-difference.ts';
import type { PrincipalPair } from './principal-pairs.ts';

/** Which differences an answer can rest on at all: those of other principals and resources it cannot. */
export interface DifferencePaths {
  /** What the principal brings, by index. */
  ofPrincipal(pair: PrincipalPair): readonly number[];
  ofRepository(repository: Repository): readonly number[];
  ofRegistry(registry: EvaluatedRegistry): readonly number[];
}

export function differencePaths(
  { before, after }: BothSides,
  differences: readonly ConfigurationDifference[],
): DifferencePaths {
  const bySubject = new Map<string, number[]>();
  const ofOrganization: number[] = [];
  const ofPolicy = new Map<string, number[]>();
  for (const [index, { kind, subjects, accountId, policy }] of differences.entries()) {
    const [subject = ''] = subjects;
    if (kind === 'managedPolicy') {
      put(ofPolicy, `${accountId ?? ''} ${policy ?? ''}`, index);
    } else if (accountId === null) {
      ofOrganization.push(index);
    } else if (kind !== 'trust' && kind !== 'registrySetting') {
      // A rename has two names, and a membership is the user's.
      const names = kind === 'principal' ? subjects : [subject];
      names.forEach((name) => put(bySubject, name, index));
    }
  }
  const snapshots = [before, after];
  const aboveAccount = remembered((accountId: string) => {
    const levels = snapshots.flatMap((each) => each.organization?.accounts.get(accountId)?.levels ?? []);
    return ofOrganization.filter((index) => isAbove(differences[index], levels, accountId));
  });
  const find = (subject: string): readonly number[] => bySubject.get(subject) ?? [];
  const ofRegistry = ({ accountId, region }: EvaluatedRegistry): number[] => [
    ...find(`registry:${accountId}/${region}`),
    ...aboveAccount(accountId),
  ];
  return {
    ofPrincipal({ before: earlier, after: later }) {
      const accountId = later?.request.accountId ?? earlier?.request.accountId ?? '';
      const found = new Set(aboveAccount(accountId));
      const principals = [
        [earlier?.iam, before],
        [later?.iam, after],
      ] as const;
      for (const [principal, snapshot] of principals) {
        if (principal === null || principal === undefined) {
          continue;
        }
        const { kind, name, groups, attachedPolicyArns, permissionsBoundaryArn } = principal;
        const subjects = [`${kind}:${accountId}/${name}`, ...groups.map((group) => `group:${accountId}/${group}`)];
        const policies = [
          ...attachedPolicyArns,
          permissionsBoundaryArn ?? '',
          ...groupPolicies(snapshot, accountId, groups),
        ];
        subjects.flatMap(find).forEach((index) => found.add(index));
        policies.flatMap((arn) => ofPolicy.get(`${accountId} ${arn}`) ?? []).forEach((index) => found.add(index));
      }
      return [...found];
    },
    ofRepository: (repository) => [...find(`repository:${repository.arn}`), ...ofRegistry(repository)],
    ofRegistry,
  };
}

function groupPolicies(snapshot: Snapshot, accountId: string, groups: readonly string[]): string[] {
  const iam: IamSnapshot | null = snapshot.accounts.get(accountId)?.iam ?? null;
  return groups.flatMap((name) => [...(iam?.groups.get(name)?.attachedPolicyArns ?? [])]);
}

/** Whether a difference of the organization can bear on an account. */
function isAbove(
  difference: ConfigurationDifference | undefined,
  levels: readonly OrganizationLevelSnapshot[],
  accountId: string,
): boolean {
  switch (difference?.kind) {
    case 'scp':
    case 'rcp':
      return levels.some(({ scps, rcps }) => [...scps, ...rcps].some(({ policy }) => policy === difference.policy));
    case 'organizationAttachment':
      return levels.some(({ id }) => difference.subjects.includes(`target:${id}`));
    default:
      return difference?.subjects[0] === `target:${accountId}`;
  }
}

function put(map: Map<string, number[]>, key: string, index: number): void {
  const known = map.get(key) ?? [];
  map.set(key, known);
  known.push(index);
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}
