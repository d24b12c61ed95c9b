import type { OrganizationAccount, Snapshot } from '../../snapshot/model.ts';
import { type EcrDeny, ecrDenies, lostDenies } from '../deny-cover.ts';
import { aboutAny, differencesOf } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { actionWords, listed } from '../words.ts';

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html */
export const scpWeak: Rule = {
  id: 'ECR-SCP-WEAK',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['organization'],
  severity: 'critical',
  outsideProduction: 'critical',
  what: 'a Deny of an SCP or RCP no longer holds for an account',
  why: 'It widens whole accounts at once, and only the management account records who did it.',
  remedy: 'Attach the policy again, enable its type, or move the account back.',
  find: findWeakened,
};

function* findWeakened({ scan, before, drift }: FindingInput): Generator<Match> {
  const lost = new Map<
    string,
    { readonly policy: string; readonly actions: Set<string>; readonly accounts: string[] }
  >();
  for (const accountId of scan.snapshot.accounts.keys()) {
    const [was, is] = [deniesOver(before?.snapshot, accountId), deniesOver(scan.snapshot, accountId)];
    for (const { policy, actions } of was === null || is === null ? [] : lostDenies(was, is)) {
      const known = lost.get(policy) ?? { policy, actions: new Set<string>(), accounts: [] };
      lost.set(policy, known);
      actions.forEach((action) => known.actions.add(action));
      known.accounts.push(accountId);
    }
  }
  for (const { policy, actions, accounts } of lost.values()) {
    const ids = [...new Set(accounts)].toSorted();
    yield {
      about: [policy],
      accountId: ids.length === 1 ? (ids[0] ?? null) : null,
      region: null,
      resource: policy,
      rights: [...actions, ...ids],
      because: [
        ...differencesOf(drift, ['scp', 'rcp', 'organizationAttachment'], (each) => each.policy === policy),
        ...differencesOf(drift, ['organizationAttachment'], (each) => each.policy === null),
        ...differencesOf(drift, ['account', 'accountMoved'], aboutAny(ids.map((id) => `target:${id}`))),
      ],
      title: `${policy} no longer denies ${actionWords([...actions])} in ${listed(ids)}`,
      what: `A Deny of ${policy} that held for ${listed(ids)} holds there no more.`,
    };
  }
}

/**
 * Null where it is not known what holds for an account. One that has left its organization has nothing over it; an organization
 * that was not read has no say here.
 */
function deniesOver(snapshot: Snapshot | undefined, accountId: string): EcrDeny[] | null {
  const organization = snapshot?.organization ?? null;
  const isWhole = snapshot?.gaps.every(({ source }) => !/^organization(?:s:|\.json|$)/.test(source)) === true;
  if (organization === null || !isWhole) {
    return null;
  }
  const account = organization.accounts.get(accountId);
  if (account === undefined) {
    return [];
  }
  const documents = documentsOver(account, organization);
  const denies = documents?.map(({ policy, document }) => ecrDenies(policy, document)) ?? [null];
  return denies.some((each) => each === null) ? null : denies.flatMap((each) => each ?? []);
}

function documentsOver(
  { levels }: OrganizationAccount,
  { scpsEnabled, rcpsEnabled }: { readonly scpsEnabled: boolean; readonly rcpsEnabled: boolean },
) {
  return levels?.flatMap(({ scps, rcps }) => [...(scpsEnabled ? scps : []), ...(rcpsEnabled ? rcps : [])]) ?? null;
}
