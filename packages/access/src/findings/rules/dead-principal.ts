import { mightConcern, parseArn, type PrincipalEntry, type Statement } from '@ecr-audit/policy';
import type { FindingInput } from '../finding-input.ts';
import { WRITE_ACTIONS } from '../rights.ts';
import type { Match, Rule } from '../rule.ts';
import { allowsIn, trustingDocuments } from '../trusted-documents.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles */
export const deadPrincipal: Rule = {
  id: 'ECR-DEADPRINC',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'low',
  outsideProduction: 'low',
  what: 'a policy names a user or role that is not there any more',
  why: 'The entry lets nobody in, and hides what the policy is for. Making the name again does not bring it back.',
  remedy: 'Take the entry out of the policy.',
  find: findDead,
};

function* findDead(input: FindingInput): Generator<Match> {
  for (const document of trustingDocuments(input)) {
    for (const statement of allowsIn(document)) {
      const { principal } = statement;
      const entries = principal?.kind === 'readable' && !principal.value.isNegated ? principal.value.entries : [];
      for (const entry of entries) {
        const dead = deadName(entry, input);
        if (dead !== null) {
          yield {
            ...document.match(),
            about: [document.resource, dead],
            rights: [dead],
            title: `the policy of ${document.resource} names ${dead}, which is gone`,
            what: `${dead} is no user or role any more; its entry is what is left.`,
            ...(isWrite(statement) || document.kind === 'trust' ? { severity: 'medium' } : {}),
          };
        }
      }
    }
  }
}

/** Null for one that is there, or of which nobody can tell: of an account whose users and roles were not read. */
function deadName(entry: PrincipalEntry, { scan: { snapshot } }: FindingInput): string | null {
  const accounts = [...snapshot.accounts.values()];
  if (entry.kind === 'uniqueId') {
    // AWS shows the id in place of the ARN once nobody has it.
    return accounts.some(({ iam }) => iam?.principalsById.has(entry.id) === true) ? null : entry.id;
  }
  const arn = entry.kind === 'arn' ? parseArn(entry.arn) : null;
  const iam = arn === null ? null : (snapshot.accounts.get(arn.accountId)?.iam ?? null);
  const isIam = arn?.service === 'iam' && /^(?:user|role)\//.test(arn.resource);
  return entry.kind === 'arn' && isIam && iam !== null && !iam.principalsByArn.has(entry.arn) ? entry.arn : null;
}

function isWrite(statement: Statement): boolean {
  return WRITE_ACTIONS.some((action) => mightConcern(statement, action));
}
