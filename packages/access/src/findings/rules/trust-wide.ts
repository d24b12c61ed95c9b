import { mightConcern } from '@ecr-audit/policy';
import type { NamedDocument } from '../../snapshot/model.ts';
import { aboutAll, differencesOf, principalSubject } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { trustedEntries, writingRoles } from '../trust.ts';
import { roleMatch } from '../trust-match.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts */
export const trustWide: Rule = {
  id: 'ECR-TRUST-WIDE',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'a role that may push now trusts a whole account, where it trusted named principals',
  why: 'Everybody in that account who may assume roles can become it.',
  remedy: 'Name the role or user in the trust policy again.',
  find: findWidened,
};

function* findWidened(input: FindingInput): Generator<Match> {
  for (const role of writingRoles(input)) {
    const earlier = input.before?.facts.trusts.get(role.principal.id);
    if (earlier === undefined || earlier.document.kind === 'unreadable') {
      continue;
    }
    const known = new Set(accountsIn(earlier));
    const accounts = accountsIn(role.trust).filter((id) => !known.has(id));
    if (accounts.length > 0) {
      const match = roleMatch(role);
      yield {
        ...match,
        about: [role.principal.id, ...accounts],
        because: differencesOf(input.drift, ['trust'], aboutAll(principalSubject(role.principal))),
        rights: [...match.rights, ...accounts.map((id) => `trusts all of ${id}`)],
        title: `${role.principal.name} now trusts all of account ${accounts.join(', ')}`,
        what: `The trust policy of ${match.resource} named principals before; now it lets in whoever account ${accounts.join(', ')} allows to assume it.`,
      };
    }
  }
}

function accountsIn(trust: NamedDocument): string[] {
  const entries = trustedEntries(trust, (statement) => mightConcern(statement, 'sts:AssumeRole'));
  return entries.flatMap((entry) => (entry.kind === 'account' ? [entry.accountId] : [])).toSorted();
}
