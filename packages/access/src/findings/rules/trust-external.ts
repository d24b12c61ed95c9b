import { mightConcern, parseArn, type PrincipalEntry } from '@ecr-audit/policy';
import type { FindingInput } from '../finding-input.ts';
import { isEquality, isLimiting, limitsIn, verdictOf } from '../outside-reach.ts';
import type { Match, Rule } from '../rule.ts';
import { assumption, outsider, type TrustedRole, trustedEntries, writingRoles } from '../trust.ts';
import { roleMatch } from '../trust-match.ts';
import { actionWords } from '../words.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export const trustExternal: Rule = {
  id: 'ECR-TRUST-EXT',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'a role that may push or administer can be assumed from outside',
  why: 'It is access across accounts that no repository policy shows.',
  remedy: 'Take the account out of the trust policy; ask a third party for an external id.',
  find: findTrusts,
};

const ACTION = 'sts:AssumeRole';
const SAML_ACTION = 'sts:AssumeRoleWithSAML';

function* findTrusts(input: FindingInput): Generator<Match> {
  for (const role of writingRoles(input)) {
    const entries = trustedEntries(role.trust, (statement) => mightConcern(statement, ACTION));
    const saml = trustedEntries(role.trust, (statement) => mightConcern(statement, SAML_ACTION));
    const seen = new Set<string>();
    for (const entry of [...entries, ...saml.filter(({ kind }) => kind === 'federated')]) {
      const found = judgeEntry(entry, role, input);
      if (found !== null && !seen.has(found.who)) {
        seen.add(found.who);
        const match = roleMatch(role);
        yield {
          ...match,
          about: [role.principal.id, found.who],
          rights: [...match.rights, `trusts ${found.words}`],
          title: `${found.words} can become ${role.principal.name}`,
          what: `The trust policy of ${match.resource} lets in ${found.words}; the role may ${actionWords(role.holding().actions)}.`,
          isLessGrave: found.isLessGrave,
          doubts: [...(match.doubts ?? []), ...found.doubts],
        };
      }
    }
  }
}

interface Judged {
  /** What it is about, whatever the words. */
  readonly who: string;
  readonly words: string;
  readonly isLessGrave: boolean;
  readonly doubts: readonly string[];
}

function judgeEntry(entry: PrincipalEntry, role: TrustedRole, input: FindingInput): Judged | null {
  switch (entry.kind) {
    case 'everyone':
      return judgeEveryone(role, input);
    case 'account':
      return judgeAccount(
        entry.accountId,
        `arn:${input.scan.snapshot.partition}:iam::${entry.accountId}:root`,
        role,
        input,
      );
    case 'arn': {
      const accountId = parseArn(entry.arn)?.accountId ?? '';
      return accountId === '' ? null : judgeAccount(accountId, entry.arn, role, input);
    }
    case 'federated': {
      const arn = parseArn(entry.provider);
      const isForeign = arn?.resource.startsWith('saml-provider/') === true && arn.accountId !== role.accountId;
      return isForeign
        ? { who: entry.provider, words: `the unknown SAML provider ${entry.provider}`, isLessGrave: false, doubts: [] }
        : null;
    }
    case 'uniqueId':
    case 'service':
    case 'canonicalUser':
      return null;
  }
}

function judgeEveryone(role: TrustedRole, { scan: { snapshot }, parties }: FindingInput): Judged | null {
  const formula = conditionFor(role, outsider(snapshot.partition, null, '*'));
  const verdict = verdictOf(formula, isLimiting);
  const limits = limitsIn(formula);
  const isOurs = limits.some(
    ({ kind, values }) =>
      (kind === 'organization' && values.every((value) => parties.isOurOrganization(value.split('/', 1)[0] ?? ''))) ||
      (kind === 'account' &&
        values.every((value) => ['ours', 'allowed'].includes(parties.ofAccount(/\d{12}/.exec(value)?.[0] ?? '')))),
  );
  if (formula.kind === 'false' || (verdict === 'no' && isOurs)) {
    return null;
  }
  return {
    who: '*',
    words: verdict === 'no' ? 'whoever meets a condition that names none of our accounts' : 'every AWS account',
    isLessGrave: verdict === 'no',
    doubts: verdict === 'unknown' ? ['a part of the trust policy could not be read'] : [],
  };
}

function judgeAccount(
  accountId: string,
  arn: string,
  role: TrustedRole,
  { scan: { snapshot }, parties }: FindingInput,
): Judged | null {
  const party = parties.ofAccount(accountId);
  const formula = conditionFor(role, outsider(snapshot.partition, accountId, arn));
  if (party === 'ours' || party === 'allowed' || formula.kind === 'false') {
    return null;
  }
  const asksExternalId =
    verdictOf(formula, ({ operator, key }) => key.toLowerCase() === 'sts:externalid' && isEquality(operator)) === 'no';
  // A partner that must bring an external id is what AWS recommends.
  if (party === 'partner' && asksExternalId) {
    return null;
  }
  return {
    who: arn,
    words: `${arn}${asksExternalId ? '' : ' (without an external id)'}`,
    isLessGrave: party === 'partner',
    doubts: parties.doubt === null ? [] : [parties.doubt],
  };
}

function conditionFor({ trust, principal: role }: TrustedRole, principal: ReturnType<typeof outsider>) {
  return assumption(trust, { principal, action: ACTION, roleArn: role.arn, claims: new Map() });
}
