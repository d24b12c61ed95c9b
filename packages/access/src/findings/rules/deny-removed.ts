import { policyHolders } from '../../over-permission/policy-routes.ts';
import type { IamPrincipal, NamedDocument, RepositoryPolicy, Snapshot } from '../../snapshot/model.ts';
import { type EcrDeny, ecrDenies, lostDenies } from '../deny-cover.ts';
import { aboutAll, aboutAny, differencesOf, principalSubject } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { actionWords, listed, registryName } from '../words.ts';

export const denyRemoved: Rule = {
  id: 'ECR-DENY-REMOVED',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['iam', 'ecr'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'a Deny about ECR is gone, or denies less',
  why: 'A guardrail is lost, and nothing that is allowed shows it.',
  remedy: 'Put the statement back.',
  find: findLost,
};

function* findLost(input: FindingInput): Generator<Match> {
  const { scan, before, drift } = input;
  const earlier = before?.snapshot;
  if (earlier === undefined) {
    return;
  }
  const isGone = (arn: string): boolean => isGoneFrom(scan.snapshot, arn);
  const compare = (was: RepositoryPolicy, is: RepositoryPolicy): EcrDeny[] => {
    const [old, now] = [deniesOf(was), deniesOf(is)];
    return old === null || now === null ? [] : lostDenies(old, now, isGone);
  };
  for (const repository of scan.repositories) {
    const { arn, accountId, region, name, policy } = repository;
    const was = earlier.accounts.get(accountId)?.regions.get(region)?.repositories?.get(name)?.policy;
    const lost = was === undefined ? [] : compare(was, policy);
    if (lost.length > 0) {
      yield {
        ...matchOf(arn, lost),
        because: differencesOf(drift, ['repositoryPolicy'], aboutAll(`repository:${arn}`)),
        accountId,
        region,
        repositories: [repository],
      };
    }
  }
  for (const { id: accountId, regions } of scan.snapshot.accounts.values()) {
    for (const { region, registry } of regions.values()) {
      const was = earlier.accounts.get(accountId)?.regions.get(region)?.registry.policy;
      const lost = was === undefined ? [] : compare(was, registry.policy);
      if (lost.length > 0) {
        const name = registryName({ accountId, region });
        const because = differencesOf(drift, ['registryPolicy'], aboutAll(name));
        yield { ...matchOf(name, lost), because, accountId, region };
      }
    }
  }
  yield* ofPrincipals(earlier, scan.snapshot, drift);
}

/** Also where the policy with the Deny was detached, or its holder left the group that had it. By policy. */
function* ofPrincipals(earlier: Snapshot, now: Snapshot, drift: FindingInput['drift']): Generator<Match> {
  const holders = new Map(policyHolders(now).map((holder) => [holder.principal.id, holder]));
  const lost = new Map<string, { readonly denies: EcrDeny[]; readonly holders: Map<string, IamPrincipal> }>();
  for (const old of policyHolders(earlier)) {
    const holder = holders.get(old.principal.id);
    const [was, is] = [old, holder].map((each) =>
      each?.isWhollyRead === true ? each.routes.map(({ named }) => deniesIn(named)) : [null],
    );
    if (was === undefined || is === undefined || was.includes(null) || is.includes(null)) {
      continue;
    }
    for (const deny of lostDenies(
      was.flatMap((each) => each ?? []),
      is.flatMap((each) => each ?? []),
    )) {
      const known = lost.get(deny.policy) ?? { denies: [], holders: new Map<string, IamPrincipal>() };
      lost.set(deny.policy, known);
      known.denies.push(deny);
      known.holders.set(old.principal.id, old.principal);
    }
  }
  for (const [policy, { denies, holders: who }] of lost) {
    yield {
      ...matchOf(policy, denies),
      what: `It held for ${listed([...new Set([...who.values()].map(({ name }) => name))])}.`,
      principals: [...who.keys()],
      because: [
        ...differencesOf(drift, ['inlinePolicy', 'attachment', 'managedPolicy'], (each) => each.policy === policy),
        // It left the group that had the policy.
        ...differencesOf(drift, ['groupMembership'], aboutAny([...who.values()].map(principalSubject))),
      ],
      accountId: policy.split(':')[4] === 'aws' ? null : (policy.split(':')[4] ?? null),
      region: null,
    };
  }
}

function matchOf(
  resource: string,
  lost: readonly EcrDeny[],
): Pick<Match, 'about' | 'resource' | 'rights' | 'title' | 'what'> {
  const actions = [...new Set(lost.flatMap((deny) => deny.actions))];
  return {
    about: [resource],
    resource,
    rights: actions,
    title: `${resource} no longer denies ${actionWords(actions)}`,
    what: `A Deny of ${actionWords(actions)} is gone, or denies less than it did.`,
  };
}

/** Null where it was not read, or not in full. */
function deniesOf(policy: RepositoryPolicy): EcrDeny[] | null {
  switch (policy.kind) {
    case 'none':
      return [];
    case 'unread':
      return null;
    case 'policy':
      return deniesIn(policy.named);
  }
}

function deniesIn({ policy, document }: NamedDocument): EcrDeny[] | null {
  return ecrDenies(policy, document);
}

/** Of an account whose users and roles were read. */
function isGoneFrom(snapshot: Snapshot, arn: string): boolean {
  const iam = snapshot.accounts.get(arn.split(':')[4] ?? '')?.iam ?? null;
  return iam !== null && !iam.principalsByArn.has(arn);
}
