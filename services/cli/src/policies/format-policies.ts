import { type CollectionGap, ECR_ACTIONS, type EcrSay } from '@ecr-audit/access';
import { counted } from '../report/counted.ts';
import { describeGap } from '../report/describe-gap.ts';
import { textTable } from '../report/text-table.ts';
import { csvText } from './csv-text.ts';
import type { ListedPolicy } from './listed-policies.ts';

export type PoliciesFormat = 'table' | 'json' | 'ndjson' | 'csv';

/**
 * The list as text, piece by piece. Policies that could not be read are in the table and in JSON, without what they say; the lines
 * of ndjson and csv have no form for them.
 */
export function* formatPolicies(
  policies: Iterable<ListedPolicy>,
  gaps: readonly CollectionGap[],
  format: PoliciesFormat,
): Generator<string> {
  switch (format) {
    case 'table':
      yield tableOf([...policies], gaps);
      return;
    case 'json':
      yield `${JSON.stringify([...[...policies].map(whole), ...gaps.map(unread)], null, 2)}\n`;
      return;
    case 'ndjson':
      for (const policy of policies) {
        yield `${JSON.stringify(line(policy))}\n`;
      }
      return;
    case 'csv':
      yield csvText([columns]);
      for (const policy of policies) {
        yield csvText(rowsOf(policy));
      }
      return;
    default:
      format satisfies never;
  }
}

/** The members of a line are fixed: whoever reads it may refuse others. */
function line({ arn, name, version, allows, denies, principals }: ListedPolicy): object {
  return { arn, name, version, allows: allows.map(plainSay), denies: denies.map(plainSay), principals };
}

function plainSay({ actions, resources, explicit, conditional }: EcrSay): object {
  return { actions, resources, explicit, conditional };
}

function whole(policy: ListedPolicy): object {
  const { arn, name, version, allows, denies, principals, boundaries, freed, isWhole, problems } = policy;
  return { arn, name, version, allows, denies, principals, boundaries, freed, isWhole, problems };
}

/** What a policy says that was not read is not nothing, so its lists are null. */
function unread({ resource, message }: CollectionGap): object {
  const arn = resource ?? '';
  const name = arn.split('/').at(-1);
  const problems = [{ policy: arn, place: 'document', message }];
  return { arn, name, version: null, allows: null, denies: null, isWhole: false, problems };
}

const namesMax = 3;

function tableOf(policies: readonly ListedPolicy[], gaps: readonly CollectionGap[]): string {
  const hasSnapshot = policies.some(({ principals }) => principals !== null);
  const head = [
    'POLICY',
    ...(hasSnapshot ? ['HELD BY', 'FREES', 'OF PUSH', 'OF ADMINISTER'] : []),
    'ALLOWS',
    'DENIES',
    'NAMED BY',
    'ON',
  ];
  const rows = policies.map((policy) => {
    const { name, arn, version, allows, denies, principals, freed, isWhole } = policy;
    const says = [...allows, ...denies];
    const how = [
      says.some(({ explicit }) => explicit) ? 'ecr:' : '',
      says.some(({ explicit }) => !explicit) ? 'wildcard' : '',
    ];
    const title = `${arn.includes('::aws:') ? '' : 'own '}${name}${version === null ? '' : ` ${version}`}${isWhole ? '' : ' (partly unreadable)'}`;
    return [
      title,
      ...(hasSnapshot
        ? [
            String(principals ?? ''),
            ...[freed?.ecr, freed?.push, freed?.administer].map((each) => String(each?.length ?? '')),
          ]
        : []),
      amount(allows),
      amount(denies),
      how.filter((word) => word !== '').join(', '),
      places(says),
    ];
  });
  const noEffect = policies.filter(({ allows, denies }) =>
    [...allows, ...denies].some(({ withoutEffect }) => withoutEffect.length > 0),
  );
  return [
    counted(policies.length, 'managed policy that says something of ECR', 'managed policies that say something of ECR'),
    ...(policies.length === 0 ? [] : textTable(head, rows)),
    ...(hasSnapshot
      ? [
          'FREES: who would have no right of ECR left without the policy, evaluated with everything else that they have.',
        ]
      : []),
    ...(gaps.length === 0
      ? []
      : [
          `${counted(gaps.length, 'policy', 'policies')} could not be read, and may say anything:`,
          ...gaps.map((gap) => `  ${describeGap(gap)}`),
        ]),
    ...noEffect.map(
      ({ name }) =>
        `${name}: some of its actions have no effect, since none of their resources can be asked for; --format json names them.`,
    ),
    '',
  ].join('\n');
}

function amount(says: readonly EcrSay[]): string {
  if (says.length === 0) {
    return '';
  }
  const actions = new Set(says.flatMap((say) => say.actions));
  const few = [...actions].slice(0, namesMax).map((action) => action.slice('ecr:'.length));
  const text =
    actions.size === ECR_ACTIONS.length
      ? 'everything'
      : actions.size > namesMax
        ? `${actions.size} actions`
        : few.join(', ');
  const isConditional = says.every(({ conditional }) => conditional);
  return `${text}${isConditional ? ' if' : says.some(({ conditional }) => conditional) ? ', partly if' : ''}`;
}

function places(says: readonly EcrSay[]): string {
  const resources = [...new Set(says.flatMap((say) => say.resources))];
  return `${resources.slice(0, namesMax).join(' ')}${resources.length > namesMax ? ` and ${resources.length - namesMax} more` : ''}`;
}

const columns = [
  'arn',
  'name',
  'version',
  'effect',
  'actions',
  'resources',
  'explicit',
  'conditional',
  'principals',
  'boundaries',
  'frees',
  'freesOfPush',
  'freesOfAdminister',
];

/** One row a statement; a policy without any has one row with its name. */
function rowsOf(policy: ListedPolicy): string[][] {
  const { arn, name, version, principals, boundaries, freed } = policy;
  const begin = [arn, name, version ?? ''];
  const end = [principals, boundaries, freed?.ecr.length, freed?.push.length, freed?.administer.length].map((each) =>
    String(each ?? ''),
  );
  const says = [
    ...policy.allows.map((say) => ({ effect: 'Allow', say })),
    ...policy.denies.map((say) => ({ effect: 'Deny', say })),
  ];
  return says.length === 0
    ? [[...begin, '', '', '', '', '', ...end]]
    : says.map(({ effect, say }) => [
        ...begin,
        effect,
        say.actions.join(' '),
        say.resources.join(' '),
        String(say.explicit),
        String(say.conditional),
        ...end,
      ]);
}
