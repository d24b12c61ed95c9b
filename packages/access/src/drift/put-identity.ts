import type { IamGroup, IamPrincipal, IamSnapshot, NamedDocument, Snapshot } from '../snapshot/model.ts';
import type { ConfigurationDifference } from './configuration-difference.ts';

/** A snapshot with one fact of another about a user, role, group or managed policy in place; the same one where it is about none. */
export function putIdentity(base: Snapshot, other: Snapshot, difference: ConfigurationDifference): Snapshot {
  const account = base.accounts.get(difference.accountId ?? '');
  const theirs = other.accounts.get(difference.accountId ?? '')?.iam ?? null;
  if (account === undefined || account.iam === null || theirs === null) {
    return base;
  }
  const iam = changed(account.iam, theirs, difference);
  return iam === account.iam
    ? base
    : { ...base, accounts: new Map(base.accounts).set(account.id, { ...account, iam }) };
}

function changed(iam: IamSnapshot, theirs: IamSnapshot, difference: ConfigurationDifference): IamSnapshot {
  const { kind, policy } = difference;
  switch (kind) {
    case 'managedPolicy':
      return withManagedPolicy(iam, theirs, policy ?? '');
    case 'group': {
      const name = nameOf(difference, 'group');
      const groups = new Map(iam.groups);
      const put = theirs.groups.get(name);
      if (put === undefined) {
        groups.delete(name);
      } else {
        groups.set(name, put);
      }
      return { ...iam, groups };
    }
    case 'principal':
      return withPrincipal(iam, theirs, difference);
    case 'inlinePolicy':
    case 'attachment':
    case 'boundary':
    case 'principalTags':
    case 'groupMembership':
      return withFact(withDocument(iam, theirs, policy), theirs, difference);
    default:
      return iam;
  }
}

/** Whoever the subjects name: a rename has two names. */
function isAbout({ subjects, accountId }: ConfigurationDifference): (principal: IamPrincipal) => boolean {
  return ({ kind, name }) => subjects.includes(`${kind}:${accountId ?? ''}/${name}`);
}

function nameOf({ subjects, accountId }: ConfigurationDifference, kind: string): string {
  const prefix = `${kind}:${accountId ?? ''}/`;
  return subjects.find((subject) => subject.startsWith(prefix))?.slice(prefix.length) ?? '';
}

function withPrincipals(iam: IamSnapshot, principals: readonly IamPrincipal[]): IamSnapshot {
  return {
    ...iam,
    principals,
    principalsByArn: new Map(principals.map((each) => [each.arn, each])),
    principalsById: new Map(principals.map((each) => [each.id, each])),
    rolesByName: new Map(principals.filter(({ kind }) => kind === 'role').map((each) => [each.name, each])),
  };
}

/** One that is made or deleted comes and goes with all it has; of one that is made again, the id and name alone change. */
function withPrincipal(iam: IamSnapshot, theirs: IamSnapshot, difference: ConfigurationDifference): IamSnapshot {
  const isThis = isAbout(difference);
  const [own, put] = [iam.principals.find(isThis), theirs.principals.find(isThis)];
  const others = iam.principals.filter((each) => each !== own);
  if (put === undefined) {
    return withPrincipals(iam, others);
  }
  const { id, arn, name, path } = put;
  const policies = put.attachedPolicyArns.concat(put.permissionsBoundaryArn ?? []);
  const brought = own === undefined ? policies.reduce((made, each) => withDocument(made, theirs, each), iam) : iam;
  return withPrincipals(brought, [...others, own === undefined ? put : { ...own, id, arn, name, path }]);
}

function withFact(iam: IamSnapshot, theirs: IamSnapshot, difference: ConfigurationDifference): IamSnapshot {
  if (difference.subjects[0]?.startsWith('group:') === true) {
    const name = nameOf(difference, 'group');
    const [own, put] = [iam.groups.get(name), theirs.groups.get(name)];
    return own === undefined
      ? iam
      : { ...iam, groups: new Map(iam.groups).set(name, policiesPut(own, put, difference)) };
  }
  const isThis = isAbout(difference);
  const put = theirs.principals.find(isThis);
  return withPrincipals(
    iam,
    iam.principals.map((own) => (isThis(own) ? factPut(own, put, difference) : own)),
  );
}

function factPut(own: IamPrincipal, put: IamPrincipal | undefined, difference: ConfigurationDifference): IamPrincipal {
  switch (difference.kind) {
    case 'boundary':
      return { ...own, permissionsBoundaryArn: put?.permissionsBoundaryArn ?? null };
    case 'principalTags':
      return { ...own, tags: put?.tags ?? [] };
    case 'groupMembership': {
      const group = nameOf(difference, 'group');
      return { ...own, groups: taken(own.groups, put?.groups ?? [], group) };
    }
    default:
      return policiesPut(own, put, difference);
  }
}

function policiesPut<Holder extends IamPrincipal | IamGroup>(
  own: Holder,
  put: Holder | undefined,
  { kind, policy }: ConfigurationDifference,
): Holder {
  if (kind === 'attachment') {
    return { ...own, attachedPolicyArns: taken(own.attachedPolicyArns, put?.attachedPolicyArns ?? [], policy ?? '') };
  }
  // By the name alone: that of the holder may be another since it was renamed.
  const name = inlineName(policy ?? '');
  const others = own.inlinePolicies.filter((each) => inlineName(each.policy) !== name);
  const theirs = put?.inlinePolicies.filter((each) => inlineName(each.policy) === name) ?? [];
  return { ...own, inlinePolicies: [...others, ...theirs] };
}

function inlineName(policy: string): string {
  const mark = '#inline:';
  return policy.slice(policy.indexOf(mark) + mark.length);
}

/** The list with that one as the other list has it. */
function taken(own: readonly string[], theirs: readonly string[], one: string): readonly string[] {
  const others = own.filter((each) => each !== one);
  return theirs.includes(one) ? [...others, one] : others;
}

/** With the document of a policy that is newly attached, since IAM lists AWS's own where they are. */
function withDocument(iam: IamSnapshot, theirs: IamSnapshot, policy: string | null): IamSnapshot {
  const document = policy === null || iam.managedPolicies.has(policy) ? undefined : theirs.managedPolicies.get(policy);
  return document === undefined || policy === null ? iam : withDocuments(iam, policy, document);
}

function withDocuments(iam: IamSnapshot, policy: string, document: NamedDocument): IamSnapshot {
  return { ...iam, managedPolicies: new Map(iam.managedPolicies).set(policy, document) };
}

/** One that is deleted is taken from everybody, as AWS asks before it deletes it. */
function withManagedPolicy(iam: IamSnapshot, theirs: IamSnapshot, policy: string): IamSnapshot {
  const document = theirs.managedPolicies.get(policy);
  if (document !== undefined) {
    return withDocuments(iam, policy, document);
  }
  const managedPolicies = new Map(iam.managedPolicies);
  managedPolicies.delete(policy);
  const less = <Holder extends IamPrincipal | IamGroup>(holder: Holder): Holder => ({
    ...holder,
    attachedPolicyArns: holder.attachedPolicyArns.filter((each) => each !== policy),
  });
  const principals = iam.principals.map((principal) => ({
    ...less(principal),
    permissionsBoundaryArn: principal.permissionsBoundaryArn === policy ? null : principal.permissionsBoundaryArn,
  }));
  const groups = new Map([...iam.groups].map(([name, group]) => [name, less(group)]));
  return withPrincipals({ ...iam, managedPolicies, groups }, principals);
}
