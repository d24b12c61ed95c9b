import { member, textMember } from '../activity/read-fields.ts';
import { canonicalDocument, documentKey } from '../drift/canonical-document.ts';
import type { ConfigurationDifference } from '../drift/configuration-difference.ts';
import { answered, asks, IAM, leadsIf, requested, sameContent, type EventRule, type Verdict } from './event-rule.ts';
import type { WantedFact } from './event-rule.ts';
import type { KnownState } from './known-state.ts';
import type { SeenChange } from './seen-change.ts';
import { kindOf, nameOf, restOf, subjectOf } from './subjects-of.ts';
import { tagFacts } from './tag-facts.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */

/** As the names of IAM's calls spell a holder: PutRolePolicy. */
const HOLDERS: Readonly<Record<string, string>> = { user: 'User', role: 'Role', group: 'Group' };

type Judge = EventRule['judge'];

/** The events that make what is different in the users, roles, groups and policies of an account. */
export function identityFacts(difference: ConfigurationDifference, state: KnownState): WantedFact[] {
  const holder = subjectOf(difference, 'user', 'role', 'group');
  switch (difference.kind) {
    case 'inlinePolicy':
      return holder === null ? [] : inlinePolicy(difference, holder, state);
    case 'attachment':
      return holder === null ? [] : attachment(difference, holder);
    case 'managedPolicy':
      return managedPolicy(difference, state);
    case 'boundary':
      return holder === null ? [] : boundary(difference, holder);
    case 'groupMembership':
      return groupMembership(difference);
    case 'principalTags':
      return holder === null ? [] : principalTags(difference, holder);
    case 'trust':
      return holder === null ? [] : trust(difference, holder);
    case 'principal':
    case 'group':
      return difference.subjects.length === 0 ? [] : identity(difference);
    default:
      return [];
  }
}

function inlinePolicy(difference: ConfigurationDifference, holder: string, state: KnownState): WantedFact[] {
  const name = nameOfInline(difference);
  const isRemoved = difference.change === 'removed';
  const after = isRemoved ? null : state.contentAfter(difference);
  const isThis = (change: SeenChange): boolean => name !== null && asks(change, 'policyName', name);
  return one(
    rule(holder, [`Put${typeOf(holder)}Policy`], (change) => {
      const asked = (): Verdict => sameContent(askedContent(change, 'policyDocument', state), after);
      return isThis(change) ? (isRemoved ? 'elsewhere' : asked()) : null;
    }),
    rule(holder, [`Delete${typeOf(holder)}Policy`], (change) => (isThis(change) ? leadsIf(isRemoved) : null)),
    ...renameOf(holder, !isRemoved),
  );
}

/** Reasons name an inline policy `ARN#inline:NAME`. */
function nameOfInline({ policy }: ConfigurationDifference): string | null {
  const at = policy?.indexOf('#inline:') ?? -1;
  return policy === null || at === -1 ? policy : policy.slice(at + '#inline:'.length);
}

function attachment(difference: ConfigurationDifference, holder: string): WantedFact[] {
  const arn = policyArnOf(difference);
  const isAdded = difference.change !== 'removed';
  const judge =
    (leads: boolean): Judge =>
    (change) =>
      arn !== null && asks(change, 'policyArn', arn) ? leadsIf(leads) : null;
  return one(
    rule(holder, [`Attach${typeOf(holder)}Policy`], judge(isAdded)),
    rule(holder, [`Detach${typeOf(holder)}Policy`], judge(!isAdded)),
    ...renameOf(holder, isAdded),
  );
}

function policyArnOf(difference: ConfigurationDifference): string | null {
  const subject = subjectOf(difference, 'policy');
  return subject === null ? (difference.after ?? difference.before ?? difference.policy) : restOf(subject);
}

function managedPolicy(difference: ConfigurationDifference, state: KnownState): WantedFact[] {
  const subject = subjectOf(difference, 'policy');
  if (subject === null) {
    return [];
  }
  const isRemoved = difference.change === 'removed';
  const after = isRemoved ? null : state.contentAfter(difference);
  const document = (change: SeenChange): Verdict =>
    isRemoved ? 'elsewhere' : sameContent(askedContent(change, 'policyDocument', state), after);
  return one(
    rule(subject, ['CreatePolicy'], document),
    // A version that is not the default one is in force nowhere.
    rule(subject, ['CreatePolicyVersion'], (change) => (becomesDefault(change) ? document(change) : null)),
    rule(subject, ['SetDefaultPolicyVersion'], (change) => {
      const asked = requested(change, 'versionId');
      const inForce = isRemoved ? null : state.versionAfter(difference.accountId ?? '', restOf(subject));
      return isRemoved ? 'elsewhere' : asked === null || inForce === null ? 'open' : leadsIf(asked === inForce);
    }),
    rule(subject, ['DeletePolicy'], () => leadsIf(isRemoved)),
  );
}

function becomesDefault(change: SeenChange): boolean {
  const asked = member(change.request, 'setAsDefault');
  return asked === true || asked === 'true' || answered(change, 'policyVersion', 'isDefaultVersion') === true;
}

function boundary(difference: ConfigurationDifference, holder: string): WantedFact[] {
  const arn = difference.change === 'removed' ? null : (difference.after ?? policyArnOf(difference));
  const given = (change: SeenChange): Verdict =>
    leadsIf(requested(change, 'permissionsBoundary')?.toLowerCase() === arn?.toLowerCase());
  const type = typeOf(holder);
  return one(
    rule(holder, [`Put${type}PermissionsBoundary`, `Create${type}`], given),
    rule(holder, [`Delete${type}PermissionsBoundary`, `Delete${type}`], () => leadsIf(arn === null)),
  );
}

function groupMembership(difference: ConfigurationDifference): WantedFact[] {
  const [user, group] = [subjectOf(difference, 'user'), subjectOf(difference, 'group')];
  if (user === null || group === null) {
    return [];
  }
  const isAdded = difference.change !== 'removed';
  const judge =
    (leads: boolean): Judge =>
    (change) =>
      asks(change, 'groupName', nameOf(group)) ? leadsIf(leads) : null;
  return one(
    rule(user, ['AddUserToGroup'], judge(isAdded)),
    rule(user, ['RemoveUserFromGroup'], judge(!isAdded)),
    ...renameOf(group, isAdded),
  );
}

/** A group that is renamed takes its members and policies along: they are gone under the one name and there under the other. */
function renameOf(group: string, isAdded: boolean): EventRule[] {
  return kindOf(group) !== 'group'
    ? []
    : [
        rule(group, ['UpdateGroup'], (change) =>
          requested(change, 'newGroupName') === null
            ? null
            : leadsIf(asks(change, 'newGroupName', nameOf(group)) === isAdded),
        ),
      ];
}

function principalTags(difference: ConfigurationDifference, holder: string): WantedFact[] {
  const type = typeOf(holder);
  return tagFacts(difference, {
    source: IAM,
    subject: holder,
    tag: [`Tag${type}`],
    untag: [`Untag${type}`],
    create: [`Create${type}`],
    remove: [`Delete${type}`],
    keysHaveCase: false,
  });
}

/** A trust policy decides nothing here, so that snapshots hold it as it is written, and differences in one order. */
function trust(difference: ConfigurationDifference, holder: string): WantedFact[] {
  const asked =
    (field: string): Judge =>
    ({ request }) => {
      const document = member(request, field);
      return typeof document === 'string' ? leadsIf(trustKey(document) === difference.after) : 'open';
    };
  return one(
    rule(holder, ['UpdateAssumeRolePolicy'], asked('policyDocument')),
    rule(holder, ['CreateRole'], asked('assumeRolePolicyDocument')),
    // A service gives its own, which no request names.
    rule(holder, ['CreateServiceLinkedRole'], () => (difference.after === null ? 'elsewhere' : 'open')),
    rule(holder, ['DeleteRole', 'DeleteServiceLinkedRole'], () => leadsIf(difference.after === null)),
  );
}

function trustKey(document: string): string {
  return documentKey(canonicalDocument(document));
}

/** A user, role or group that came, went, was made again, or goes by another name. */
function identity(difference: ConfigurationDifference): WantedFact[] {
  const isRemoved = difference.change === 'removed';
  const subjects = difference.subjects.filter((subject) => HOLDERS[kindOf(subject)] !== undefined);
  return one(
    ...subjects.flatMap((subject): EventRule[] => {
      const type = typeOf(subject);
      const created = (change: SeenChange): Verdict => {
        const id = textMember(answered(change, kindOf(subject)), `${kindOf(subject)}Id`);
        const isThis = id === null || isGroup(subject) || (difference.after?.includes(id) ?? true);
        return leadsIf(!isRemoved && isThis);
      };
      return [
        rule(subject, [`Create${type}`, 'CreateServiceLinkedRole'], created),
        rule(subject, [`Delete${type}`, 'DeleteServiceLinkedRole'], () => leadsIf(isRemoved)),
        rule(subject, [`Update${type}`], (change) => {
          const [name, path] = [requested(change, `new${type}Name`), requested(change, 'newPath')];
          // A role is updated in its description and session length alone, which is nothing here.
          return name === null && path === null ? null : leadsIf(isRenamedTo(difference, { name, path, subject }));
        }),
      ];
    }),
  );
}

function isGroup(subject: string): boolean {
  return kindOf(subject) === 'group';
}

/** Groups have no id in a difference: the one name is gone, and the other there. Users keep theirs, under another ARN. */
function isRenamedTo(
  { change, after }: ConfigurationDifference,
  { name, path, subject }: { readonly name: string | null; readonly path: string | null; readonly subject: string },
): boolean {
  const isThis = name?.toLowerCase() === nameOf(subject).toLowerCase();
  const arn = after?.split(' ', 1)[0]?.toLowerCase() ?? '';
  return change === 'changed'
    ? (name === null || arn.endsWith(`/${name.toLowerCase()}`)) && (path === null || arn.includes(path.toLowerCase()))
    : isThis === (change === 'added');
}

function askedContent({ request }: SeenChange, field: string, state: KnownState): string | null {
  return state.contentAsked(member(request, field), 'identity');
}

function typeOf(subject: string): string {
  return HOLDERS[kindOf(subject)] ?? '';
}

function rule(subject: string, names: readonly string[], judge: Judge): EventRule {
  return { source: IAM, names, subject, judge };
}

function one(...rules: readonly EventRule[]): WantedFact[] {
  return [{ label: null, rules }];
}
