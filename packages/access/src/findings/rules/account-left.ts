import type { Statement } from '@ecr-audit/policy';
import { aboutAny, differencesOf } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { allowsIn, trustingDocuments } from '../trusted-documents.ts';
import { listed } from '../words.ts';

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_remove.html */
export const accountLeft: Rule = {
  id: 'ECR-ACCOUNT-LEFT',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'a policy trusts an account that has left the organization',
  why: 'The guardrails of the organization bind it no more, and nobody of us answers for it.',
  remedy: 'Take the account out of the policy, or name it in `findings.ourAccounts` or `findings.partnerAccounts`.',
  find: findLeft,
};

/** What it may do from then on is told by the rules about accounts that are not ours, for as long as it may. */
function* findLeft(input: FindingInput): Generator<Match> {
  const left = accountsThatLeft(input);
  for (const document of left.size === 0 ? [] : trustingDocuments(input)) {
    const gone = new Set(
      allowsIn(document)
        .flatMap(accountsIn)
        .filter((id) => left.has(id)),
    );
    if (gone.size > 0) {
      const names = [...gone].toSorted();
      yield {
        ...document.match(),
        about: [document.resource, ...names],
        rights: names,
        because: differencesOf(input.drift, ['account'], aboutAny(names.map((id) => `target:${id}`))),
        title: `the ${document.kind === 'trust' ? 'trust policy' : 'policy'} of ${document.resource} trusts ${listed(names)}, which left the organization`,
        what: `In the earlier snapshot ${listed(names)} belonged to the organization.`,
      };
    }
  }
}

function accountsIn({ principal }: Statement): string[] {
  const entries = principal?.kind === 'readable' && !principal.value.isNegated ? principal.value.entries : [];
  return entries.flatMap((entry) =>
    entry.kind === 'account'
      ? [entry.accountId]
      : entry.kind === 'arn'
        ? (/:(\d{12}):/.exec(entry.arn)?.[1] ?? [])
        : [],
  );
}

/** Only where both snapshots have read the organization. */
function accountsThatLeft({ scan, before, parties }: FindingInput): ReadonlySet<string> {
  const earlier = before?.snapshot.organization?.accounts.keys() ?? [];
  const isKnown = scan.snapshot.organization !== null && parties.doubt === null;
  return new Set(isKnown ? [...earlier].filter((id) => !(scan.snapshot.organization?.accounts.has(id) ?? false)) : []);
}
