import { type Condition, renderTemplate, type Statement, statementName } from '@ecr-audit/policy';
import type { OrganizationSnapshot } from '../../snapshot/model.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { allowsIn, trustingDocuments } from '../trusted-documents.ts';
import { listed } from '../words.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths */
export const staleOrganization: Rule = {
  id: 'ECR-ORGID-STALE',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'a policy trusts an organization or unit that is not ours',
  why: 'Nobody of us answers for who joins it, and a trust that is dead today can come alive again.',
  remedy: 'Take it out of the policy, or name the organization in `findings.ourOrganizations`.',
  find: findStale,
};

function* findStale(input: FindingInput): Generator<Match> {
  for (const document of trustingDocuments(input)) {
    for (const statement of allowsIn(document)) {
      const foreign = organizationsIn(statement).flatMap((value) => wordsFor(value, input) ?? []);
      const names = [...new Set(foreign)];
      if (names.length > 0) {
        yield {
          ...document.match(),
          about: [document.resource, ...names.toSorted()],
          rights: names,
          title: `the ${document.kind === 'trust' ? 'trust policy' : 'policy'} of ${document.resource} trusts ${listed(names)}`,
          what: `Statement ${statementName(statement)} lets in ${listed(names)}.`,
          reasons:
            document.kind === 'trust'
              ? []
              : [
                  {
                    policyType: document.kind,
                    policy: document.named.policy,
                    statement: statementName(statement),
                    effect: 'Allow',
                    via: document.kind,
                  },
                ],
          doubts:
            input.scan.snapshot.organization === null
              ? ['the organization was not read: it is not known which one is ours']
              : [],
        };
      }
    }
  }
}

const KEYS: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

/** The values of conditions that ask for an organization. One that asks for none of them trusts nobody by it. */
function organizationsIn({ conditions }: Statement): string[] {
  return conditions
    .flatMap((condition): Condition[] => (condition.kind === 'readable' ? [condition.value] : []))
    .filter(({ key, isNegated, operator }) => KEYS.has(key.toLowerCase()) && !isNegated && operator !== 'Null')
    .flatMap(({ values }) => values.map((value) => renderTemplate(value, { wildcards: true, variables: true })));
}

/** Null for one of ours. */
function wordsFor(value: string, { scan: { snapshot }, parties }: FindingInput): string | null {
  const [organizationId = '', ...units] = value.split('/');
  if (!/^o-[a-z0-9]+$/.test(organizationId)) {
    return null;
  }
  if (!parties.isOurOrganization(organizationId)) {
    return `the organization ${organizationId}`;
  }
  const { organization } = snapshot;
  const known = organization?.id === organizationId ? unitsOf(organization) : null;
  const lost = units.find((id) => /^(?:ou|r)-[a-z0-9-]+$/.test(id) && known !== null && !known.has(id));
  return lost === undefined ? null : `the unit ${lost}, under which there is no account of ours`;
}

function unitsOf({ accounts }: OrganizationSnapshot): ReadonlySet<string> | null {
  const levels = [...accounts.values()].map((account) => account.levels);
  return levels.includes(null) ? null : new Set(levels.flatMap((each) => (each ?? []).map(({ id }) => id)));
}
