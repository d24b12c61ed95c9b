import type { FindingInput } from '../finding-input.ts';
import { holdingOf, ownPrincipals } from '../holdings.ts';
import { isAnyone, outsideConditions, reasonsOf } from '../outside-grants.ts';
import { limitWords } from '../outside-reach.ts';
import { PULL_ACTIONS, WRITE_ACTIONS } from '../rights.ts';
import type { Match, Rule } from '../rule.ts';
import { plannedRepositories } from '../template-access.ts';
import { actionWords, registryName } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html */
export const creationTemplate: Rule = {
  id: 'ECR-TEMPLATE',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'high',
  what: 'a creation template lets in somebody outside, or hands a powerful role to ECR',
  why: 'Every repository that it makes inherits the hole.',
  remedy: 'Name the accounts in the policy of the template; give its role no more than making repositories takes.',
  find: findTemplates,
};

const WANTED: ReadonlySet<string> = new Set([...PULL_ACTIONS, ...WRITE_ACTIONS]);

function* findTemplates(input: FindingInput): Generator<Match> {
  const { scan, parties } = input;
  const roles = new Map(ownPrincipals(scan).map((access) => [access.principal.arn, access]));
  for (const { template, repository, grants } of plannedRepositories(scan.snapshot, scan.facts)) {
    const { accountId, region } = repository;
    const registry = registryName({ accountId, region });
    const place = { accountId, region, resource: registry };
    for (const grant of grants) {
      const { principal } = grant;
      const actions = grant.actions.filter(
        ({ action, reach }) =>
          WANTED.has(action) && !(isAnyone(principal) && reach.verdict === 'no' && isOurs(reach.limits)),
      );
      const party = principal.accountId === null ? null : parties.ofAccount(principal.accountId);
      if (actions.length > 0 && party !== 'ours' && party !== 'allowed') {
        const limits = actions.flatMap(({ reach }) => reach.limits);
        const who = isAnyone(principal)
          ? `anybody with an AWS account${limits.length === 0 ? '' : ` under a condition on ${limitWords(limits)}`}`
          : principal.arn;
        yield {
          ...place,
          about: [registry, template.prefix, principal.id],
          title: `new repositories under ${template.prefix} let ${who} ${actionWords(actions.map(({ action }) => action))}`,
          what: `The template is applied for ${template.appliedFor.join(', ') || 'nothing yet'}.`,
          rights: actions.map(({ action }) => action),
          conditions: outsideConditions([{ grant, actions }]),
          reasons: reasonsOf(grant, actions),
          isLessGrave: party === 'partner',
        };
      }
    }
    const role = roles.get(template.customRoleArn ?? '');
    const holding = role === undefined ? null : holdingOf(role, WRITE_ACTIONS, scan);
    if (
      template.customRoleArn !== undefined &&
      (role === undefined ? isForeign(template.customRoleArn, input) : holding !== null)
    ) {
      yield {
        ...place,
        about: [registry, template.prefix, 'role'],
        title: `the template for ${template.prefix} hands ${template.customRoleArn} to ECR`,
        what:
          holding === null
            ? 'The role belongs to none of our accounts.'
            : `The role may ${actionWords(holding.actions)}, which making repositories does not take.`,
        rights: [template.customRoleArn, ...(holding?.actions ?? [])],
        ...(holding === null
          ? {}
          : { conditions: holding.conditions, toCome: holding.toCome, repositories: holding.repositories }),
        reasons: holding?.reasons ?? [],
        doubts: holding?.doubts ?? [],
      };
    }
  }

  /** An organization that is not ours is told here: the policy of a template is no document that other rules read. */
  function isOurs(limits: readonly { readonly kind: string; readonly values: readonly string[] }[]): boolean {
    return limits.every(
      ({ kind, values }) =>
        (kind === 'organization' && values.every((value) => parties.isOurOrganization(value.split('/', 1)[0] ?? ''))) ||
        (kind === 'account' &&
          values.every((value) => ['ours', 'allowed'].includes(parties.ofAccount(/\d{12}/.exec(value)?.[0] ?? '')))),
    );
  }
}

function isForeign(roleArn: string, { parties }: FindingInput): boolean {
  const accountId = roleArn.split(':')[4] ?? '';
  return parties.ofAccount(accountId) === 'stranger';
}
