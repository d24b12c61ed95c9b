import {
  count,
  type PrincipalSuggestion,
  type RepositorySuggestion,
  type Suggestion,
  type SuggestedDocument,
  UNKNOWN_REASONS,
  type UsedRight,
} from '@ecr-audit/access';
import { isoTime } from '../over-permission/summary.ts';
import { counted } from '../report/counted.ts';
import { atMost } from '../report/text-table.ts';
import { printable } from '../terminal/printable.ts';

const USES_SHOWN_MAX = 30;
const USERS_SHOWN_MAX = 30;

/** The suggestion for a user or role, for a person: the policy, what it takes the place of, and the proof. */
export function textOfPrincipal(suggestion: Suggestion<PrincipalSuggestion>): string {
  if (suggestion.kind !== 'suggested') {
    return whyNot(suggestion);
  }
  const { principal, documents, replaces, basis, notes, nearest, proof } = suggestion;
  const sure = proof.removed.filter(({ doubt }) => doubt === null);
  const doubtful = proof.removed.filter(({ doubt }) => doubt !== null);
  const removed = (list: typeof sure): string[] =>
    list.map(
      ({ action, set, doubt }) =>
        `  - ${action}${count(set) > 0 ? ` on ${counted(count(set), 'repository', 'repositories')}` : ''}${doubt === null ? '' : `: ${UNKNOWN_REASONS[doubt]}`}`,
    );
  return printed([
    `The least policy for ${principal.arn}`,
    '',
    ...policyLines(documents, 'No statement is needed: it uses no right in ECR that a policy of its own must give.'),
    ...(documents.length === 0 ? [] : [...placeLines(suggestion), '']),
    'In place of the Allow statements about ECR in',
    ...(replaces.length === 0 ? ['  - nothing'] : replaces.map((policy) => `  - ${policy}`)),
    '',
    'Seen:',
    ...basis.map(({ accountId, region, pull, push }) => {
      const worse = pull.kind === 'notKnown' ? pull : push;
      return worse.kind === 'notKnown'
        ? `  - ${accountId} ${region}: not wholly, ${UNKNOWN_REASONS[worse.reason]}`
        : `  - ${accountId} ${region}: ${isoTime(worse.window.fromMs)} to ${isoTime(worse.window.untilMs)} (confidence ${worse.confidence})`;
    }),
    '',
    ...usesLines('Proved to keep', proof.kept),
    ...usesLines('Stays without it, by a policy of the repository', proof.keptByOthers),
    ...usesLines('Used, and denied already today', proof.deniedAlready),
    ...usesLines('Used, and not in it', proof.leftOut),
    ...(sure.length === 0 ? [] : ['Takes away, unused:', ...removed(sure), '']),
    ...(doubtful.length === 0 ? [] : ['Takes away, and whether it was used is not known:', ...removed(doubtful), '']),
    ...(nearest === null
      ? []
      : [
          `Nearest policy of AWS: ${nearest.name}, which leaves over`,
          ...nearest.leavesOver.map(
            ({ action, repositories }) =>
              `  - ${action}${repositories > 0 ? ` on ${counted(repositories, 'repository', 'repositories')}` : ''}`,
          ),
          '',
        ]),
    ...notes.map((note) => `Note: ${note}.`),
  ]);
}

/** The suggestion for a repository, for a person. */
export function textOfRepository(suggestion: Suggestion<RepositorySuggestion>): string {
  if (suggestion.kind !== 'suggested') {
    return whyNot(suggestion);
  }
  const { repositoryArn, document, notes, proof } = suggestion;
  const uses = (title: string, list: typeof proof.kept): string[] =>
    list.length === 0
      ? []
      : [
          `${title}:`,
          ...atMost(
            list.map(({ principal, action, lastMs }) => `  - ${principal.arn}: ${action}, last on ${isoTime(lastMs)}`),
            USERS_SHOWN_MAX,
          ),
          '',
        ];
  return printed([
    `The least policy for ${repositoryArn}`,
    '',
    ...policyLines(document === null ? [] : [document], 'No policy is needed: nobody used what it gives.'),
    ...uses('Proved to keep', proof.kept),
    ...uses('Stays without it, by policies of their own', proof.keptByOthers),
    ...uses('Used, and denied already today', proof.deniedAlready),
    ...(proof.removed.length === 0
      ? []
      : [
          'Takes away:',
          ...atMost(
            proof.removed.map(
              ({ principal, actions, doubt }) =>
                `  - ${principal.arn}: ${actions.join(', ')}${doubt === null ? ' (unused)' : ` (whether it was used is not known: ${UNKNOWN_REASONS[doubt]})`}`,
            ),
            USERS_SHOWN_MAX,
          ),
          '',
        ]),
    ...notes.map((note) => `Note: ${note}.`),
  ]);
}

/** What kind of policy it is to be. */
function placeLines({ inline, lengthMax: managedMax }: PrincipalSuggestion): string[] {
  const managed = counted(managedMax, 'character');
  if (inline === null) {
    return [`Meant as managed policies of at most ${managed}; whether there is room for an inline one is not known.`];
  }
  const { length, lengthMax, isWithin } = inline;
  return [
    `Meant as managed policies of at most ${managed}. ${
      isWithin ? 'An inline one has room, too' : 'There is no room for an inline one'
    }: with those that stay it is ${length} of ${lengthMax} characters.`,
  ];
}

function policyLines(documents: readonly SuggestedDocument[], none: string): string[] {
  return documents.length === 0
    ? [none, '']
    : documents.flatMap((document) => [...JSON.stringify(document, null, 2).split('\n'), '']);
}

function usesLines(title: string, uses: readonly UsedRight[]): string[] {
  return uses.length === 0
    ? []
    : [
        `${title}:`,
        ...atMost(
          uses.map(
            ({ action, resource, region, lastMs, onBehalfOf }) =>
              `  - ${action} on ${resource === '*' ? `* (${region})` : resource}, last on ${isoTime(lastMs)}${onBehalfOf.length === 0 ? '' : `, through ${onBehalfOf.join(', ')}`}`,
          ),
          USES_SHOWN_MAX,
        ),
        '',
      ];
}

function whyNot(suggestion: Exclude<Suggestion<{ readonly kind: 'suggested' }>, { kind: 'suggested' }>): string {
  if (suggestion.kind === 'refused') {
    return printed([`No suggestion: ${suggestion.message}.`]);
  }
  return printed([
    'No suggestion: the one that was made could not be proved.',
    ...usesLines('It would lose', suggestion.lost),
    ...suggestion.gained.map(
      ({ action, resources }) => `It would add ${action} on ${resources.slice(0, 5).join(', ')}`,
    ),
  ]);
}

function printed(lines: readonly string[]): string {
  return printable(`${lines.join('\n').trimEnd()}\n`);
}
