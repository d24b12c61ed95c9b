import type { EffectChange, ManagedPolicyChange, ManagedPolicyChanges, PolicyEffect } from '@ecr-audit/access';
import { counted } from '../report/counted.ts';
import { atMost, textTable } from '../report/text-table.ts';

const namesMax = 3;
// Further down nobody reads; the other formats have everything.
const rowsMax = 200;

/** What was changed in managed policies, for a person. */
export function changesText({ from, to, compared, changes, together, notKnown }: ManagedPolicyChanges): string {
  const concerning = changes.filter(({ concernsEcr }) => concernsEcr);
  const others = changes.length - concerning.length;
  const unread = new Set(notKnown.filter(({ arn }) => arn === null).map(({ accountId }) => accountId));
  const effects = changes.flatMap(({ name, access }) => effectRows(name, access));
  const all = effectRows('all together', together);
  return [
    `Managed policies from ${from} to ${to}: ${counted(compared.policies, 'policy', 'policies')} in ${counted(compared.accounts, 'account')} compared.`,
    `${counted(concerning.length, 'policy', 'policies')} changed in what ${concerning.length === 1 ? 'it says' : 'they say'} of ECR${others === 0 ? '' : `, ${others} in something else`}.`,
    ...(changes.length === 0
      ? []
      : atMost(
          textTable(
            [
              'POLICY',
              'OF',
              'VERSION',
              'ALLOWS MORE',
              'ALLOWS LESS',
              'DENIES MORE',
              'DENIES LESS',
              'STATEMENTS',
              'HELD BY',
            ],
            changes.map(policyRow),
          ),
          rowsMax,
        )),
    ...(concerning.length === 0
      ? []
      : [
          '',
          ...(effects.length === 0
            ? ['Nobody gained and nobody lost anything by one of them alone.']
            : [
                'Whose access each of them changed by itself, everything else being as it was before:',
                ...atMost(textTable(effectHead, effects), rowsMax),
              ]),
          ...(all.length === 0
            ? []
            : ['All of them together come to something else for:', ...atMost(textTable(effectHead, all), rowsMax)]),
        ]),
    ...(notKnown.length === 0
      ? []
      : [
          '',
          `Not known, because a snapshot lacks it: ${[
            ...(unread.size === 0 ? [] : [`${counted(unread.size, 'whole account')} (${few([...unread])})`]),
            ...notKnown
              .flatMap(({ accountId, arn }) => (arn === null ? [] : [`${arn} in ${accountId}`]))
              .slice(0, rowsMax),
          ].join(', ')}`,
        ]),
    '',
  ].join('\n');
}

const effectHead = ['POLICY', 'CHANGE', 'WHAT', 'WHERE', 'WHO', 'CONDITION'];

function policyRow({ name, owner, kind, versions, statements, principals, boundaries }: ManagedPolicyChange): string[] {
  const { allows, denies, added, removed, isWhole } = statements;
  const counts = [added.length === 0 ? '' : `+${added.length}`, removed.length === 0 ? '' : `-${removed.length}`];
  return [
    name,
    owner === 'aws' ? 'AWS' : 'customer',
    kind === 'changed' ? `${versions.before ?? ''} -> ${versions.after ?? ''}` : kind,
    actionsOf(allows.gained),
    actionsOf(allows.lost),
    actionsOf(denies.gained),
    actionsOf(denies.lost),
    `${counts.filter((count) => count !== '').join(' ')}${isWhole ? '' : ' (partly unreadable)'}`,
    `${principals}${boundaries === 0 ? '' : `, boundary of ${boundaries}`}`,
  ];
}

function actionsOf(actions: readonly string[]): string {
  const names = actions.map((action) => action.slice('ecr:'.length));
  return names.length > namesMax ? counted(names.length, 'action') : names.join(', ');
}

function effectRows(name: string, effects: readonly PolicyEffect[]): string[][] {
  return effects.flatMap(({ principals, changes }) => {
    const who = few(principals.map(({ arn }) => arn));
    return changes.length === 0
      ? [[name, 'nothing', '', '', who, '']]
      : changes.map((change) => [
          name,
          change.kind === 'notKnown' ? 'not known' : change.kind,
          [change.capabilities.join(', '), actionsOf(change.actions)].filter((text) => text !== '').join('; '),
          whereOf(change),
          who,
          conditionOf(change),
        ]);
  });
}

function whereOf({ repositories, registries }: EffectChange): string {
  return repositories.length > 0
    ? few(repositories.map((arn) => arn.split(':').slice(3).join(':').replace(':repository/', ' ')))
    : few(registries.map(({ accountId, region }) => `registry ${accountId} ${region}`));
}

/** What it is bound to now, or was: a denial needs no condition. */
function conditionOf({ before, after }: EffectChange): string {
  const [earlier, later] = [before.condition, after.condition];
  return earlier === null || later === null ? (later ?? earlier ?? '') : `was ${earlier}; now ${later}`;
}

function few(names: readonly string[]): string {
  const [first = ''] = names;
  return names.length <= 1 ? first : `${first} and ${names.length - 1} more`;
}
