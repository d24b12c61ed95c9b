import type { PolicyDocument, Statement } from '../sample-organization/model.ts';
import { allowingCondition, denyingCondition } from './conditions.ts';
import type { DocumentSlot } from './document-slots.ts';
import { ecrAllow } from './ecr-statements.ts';
import { otherStatement } from './other-statements.ts';
import type { Random } from './random.ts';
import { type Place, type Scene, teamFor } from './scene.ts';

/**
 * What people do to a policy from one day to the next: one small edit, and always a different text.
 *
 * With `isAboutImages` a statement about images is edited, where there is one, so that access may well change.
 */
export function changeDocument(
  random: Random,
  slot: DocumentSlot,
  { scene, isAboutImages }: { readonly scene: Scene; readonly isAboutImages: boolean },
): PolicyDocument {
  const account = slot.account ?? random.pick(scene.accounts);
  const edited = slot.document.Statement.flatMap((statement, index) =>
    !isAboutImages || concernsImages(statement) ? [index] : [],
  );
  const index = edited.length === 0 ? random.below(slot.document.Statement.length) : random.pick(edited);
  const edit = editFor(random, slot, { place: { scene, account }, index, isAboutImages });
  const changed = { ...slot.document, Statement: edit };
  return JSON.stringify(changed) === JSON.stringify(slot.document)
    ? changeDocument(random, slot, { scene, isAboutImages })
    : changed;
}

/** Whether a statement names actions on images, beyond the login. */
export function concernsImages({ Action: actions = [] }: Statement): boolean {
  return [actions].flat().some((action) => action.startsWith('ecr:') && action !== 'ecr:GetAuthorizationToken');
}

function editFor(
  random: Random,
  { kind, document }: DocumentSlot,
  edit: { readonly place: Place; readonly index: number; readonly isAboutImages: boolean },
): Statement[] {
  const { place, index, isAboutImages } = edit;
  const statements = document.Statement;
  const team = teamFor(random, place.account.teams);
  const replaceWith = (change: (statement: Statement) => Statement): Statement[] =>
    statements.map((statement, position) => (position === index ? change(statement) : statement));
  const isIdentity = kind === 'managed' || kind === 'inline';
  const what = random.weighted({
    value: kind === 'organization' ? 70 : 0,
    condition: kind === 'organization' ? 0 : 40,
    actions: 30,
    statementMore: isIdentity ? 18 : 0,
    statementLess: isIdentity && statements.length > 1 ? 12 : 0,
  });
  switch (what) {
    case 'value':
      return replaceWith((statement) => withOneMoreValue(random, team, statement));
    case 'condition':
      return replaceWith((statement) => withOtherCondition(random, place, team, statement));
    case 'actions':
      return replaceWith((statement) => withOtherActions(random, statement));
    case 'statementMore': {
      const { Sid: _, ...added } =
        isAboutImages || random.chance(0.5)
          ? ecrAllow(random, place, team, random.pick(['pull', 'push', 'look']))
          : otherStatement(random, place, team);
      return [...statements, added];
    }
    case 'statementLess':
      return statements.filter((_, position) => position !== index);
  }
}

function withOtherCondition(random: Random, place: Place, team: string, statement: Statement): Statement {
  const { Condition: condition, ...rest } = statement;
  if (statement.Effect === 'Deny') {
    // Never without any: nobody forbids everything to everybody from one day to the next.
    return { ...rest, Condition: denyingCondition(random, place, team) };
  }
  // What keeps strangers out stays: nobody lets the world in every other day.
  const isOpen = statement.Principal !== undefined;
  if (condition !== undefined && !isOpen && random.chance(0.5)) {
    return rest;
  }
  const added = allowingCondition(random, place, team);
  return { ...rest, Condition: isOpen ? { ...added, ...condition } : added };
}

/** One more exception to what the organization forbids: a role, a region, a team, a partner. */
function withOneMoreValue(random: Random, team: string, statement: Statement): Statement {
  const valueFor: Readonly<Record<string, string>> = {
    'aws:PrincipalArn': `arn:aws:iam::*:role/platform/${team}-exception-${random.below(1000)}`,
    'aws:RequestedRegion': random.pick(['eu-north-1', 'eu-south-2', 'ap-southeast-1', 'ca-central-1']),
    'aws:PrincipalTag/team': `team-${100 + random.below(900)}`,
    'aws:PrincipalAccount': `9${String(random.below(1e9)).padStart(11, '0')}`,
  };
  const condition = Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [
    operator,
    Object.fromEntries(
      Object.entries(keys).map(([key, values]) => {
        const value = valueFor[key];
        return [key, value === undefined ? values : [values, value].flat()];
      }),
    ),
  ]);
  return { ...statement, ...(condition.length === 0 ? {} : { Condition: Object.fromEntries(condition) }) };
}

const EXTRA_ACTIONS = ['ecr:DescribeImages', 'ecr:ListImages', 'ecr:PutLifecyclePolicy', 'ecr:GetRepositoryPolicy'];

function withOtherActions(random: Random, statement: Statement): Statement {
  const name = statement.Action === undefined ? 'NotAction' : 'Action';
  const actions = [statement[name] ?? []].flat();
  const extra = random.pick(EXTRA_ACTIONS);
  const isRemoval = actions.length > 1 && random.chance(0.5);
  const removed = random.below(actions.length);
  return {
    ...statement,
    [name]: isRemoval ? actions.filter((_, index) => index !== removed) : [...new Set([...actions, extra])],
  };
}
