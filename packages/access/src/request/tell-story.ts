import type { Decision } from '@ecr-audit/policy';
import type { Explanation, GivenKey } from './explanation.ts';
import { shortened } from './story/policy-words.ts';
import { tellAction } from './story/tell-action.ts';
import { tellCapability } from './story/tell-capability.ts';
import { visible } from './visible.ts';

/**
 * The explanation as a short text for a person, one line an entry, without colours: first what decided and why, then
 * what would have to change, then the rest. Whatever a terminal would obey in a name is written out.
 *
 * `howToState` tells how a condition key that is left open is stated where the story is read.
 */
export function tellStory(explanation: Explanation, howToState: string = IN_THE_QUESTION): string[] {
  const { actions, given, limits, needs, openKeys } = explanation;
  const sections = [
    headline(explanation),
    needs === null ? actions.flatMap((action) => tellAction(action, explanation)) : tellCapability(explanation),
    openKeys.length === 0 ? [] : [`To decide it: ask again and state ${openKeys.join(', ')} (${howToState}).`],
    [
      ...listed('Given in the question', given.map(tellGiven)),
      ...listed(
        'Limits of this answer',
        limits.map((limit) => `${limit.message} (${limit.code})`),
      ),
      ...listed('Taken for granted', explanation.assumptions),
    ],
  ];
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, index) => (index === 0 ? section : ['', ...section]))
    .map(visible);
}

const IN_THE_QUESTION = 'in the context of the question; null where the request does not carry it';

function headline(explanation: Explanation): string[] {
  const { decision, principal, resource, condition, limits, similarRepositories } = explanation;
  const isMissing = limits.some(({ code }) => code === 'repositoryNotInSnapshot');
  const similar = similarRepositories.length === 0 ? '' : `; did you mean ${similarRepositories.join(' or ')}?`;
  return [
    `${HEADLINES[decision]}: ${callerName(explanation)} ${MAY[decision]} ${whatOf(explanation)}`,
    `  principal   ${principal}`,
    ...(resource === '*' ? [] : [`  repository  ${resource}`]),
    ...(condition === null ? [] : [`  condition   ${shortened(condition)}`]),
    ...(isMissing ? [`  careful     no such repository is in the snapshot${similar}`] : []),
  ];
}

const HEADLINES: Readonly<Record<Decision, string>> = {
  allowed: 'ALLOWED',
  explicitDeny: 'DENIED by a statement',
  implicitDeny: 'DENIED because an Allow is missing',
  conditional: 'IT DEPENDS on the request',
  unknown: 'UNKNOWN because not everything could be read',
};

const MAY: Readonly<Record<Decision, string>> = {
  allowed: 'may',
  explicitDeny: 'may not',
  implicitDeny: 'may not',
  conditional: 'may or may not',
  unknown: 'may or may not',
};

/** `push to team/app`, `call ecr:PutImage on team/app`. */
function whatOf({ action, needs, resource, region }: Explanation): string {
  const verb = needs === null ? `call ${action} on` : (VERBS[action] ?? action);
  const registry = `the registry in ${region ?? 'any region'}`;
  return `${verb} ${resource === '*' ? registry : resourceOf(resource).replace(/^repository\//, '')}`;
}

const VERBS: Readonly<Record<string, string>> = {
  pull: 'pull from',
  push: 'push to',
  delete: 'delete in',
  administer: 'administer',
  replicate: 'replicate into',
};

function callerName({ principal, principalKind }: Explanation): string {
  return principalKind === 'root' ? `the root user of ${principal.split(':')[4] ?? ''}` : resourceOf(principal);
}

/** `user/contractors/liu.wen` of an ARN; what is no ARN as it is. */
function resourceOf(arn: string): string {
  return arn.split(':').slice(5).join(':') || arn;
}

function tellGiven({ key, values, isAsked }: GivenKey): string {
  const value = values === null ? 'is absent' : `is ${values.map((each) => JSON.stringify(each)).join(' and ')}`;
  return `${key} ${shortened(value)}${isAsked ? '' : ': no statement that was weighed asks for it'}`;
}

function listed(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [`${title}:`, ...entries.map((entry) => `  - ${entry}`)];
}
