import type { PolicyDocument } from '../sample-organization/model.ts';
import type { AccountPlan } from './account-plan.ts';
import type { Account, GeneratedOrganization } from './model.ts';

export type DocumentKind = 'managed' | 'inline' | 'repository' | 'registry' | 'organization';

/** A place where somebody wrote a document. AWS's own policies are not among them: nobody here changes those. */
export interface DocumentSlot {
  /** The same from day to day. */
  readonly key: string;
  readonly kind: DocumentKind;
  /** Null for the policies of the organization. */
  readonly account: AccountPlan | null;
  readonly document: PolicyDocument;
  replace(document: PolicyDocument): void;
}

/** Every document of the organization, in a stable order. */
export function documentSlots({ organization, accounts }: GeneratedOrganization): DocumentSlot[] {
  return [
    ...organization.policies
      .filter((policy) => !policy.isAwsManaged)
      .map((policy) => documentSlot({ kind: 'organization', account: null, key: policy.id }, policy)),
    ...accounts.flatMap(slotsOfAccount),
  ];
}

function slotsOfAccount({ plan: account, policies, users, groups, roles, registries }: Account): DocumentSlot[] {
  const inline = (type: string, owners: readonly { name: string; inline: Record<string, PolicyDocument> }[]) =>
    owners.flatMap((owner) =>
      Object.keys(owner.inline).map((name) =>
        inlineSlot({ kind: 'inline', account, key: `${account.id} ${type} ${owner.name} ${name}` }, owner.inline, name),
      ),
    );
  return [
    ...policies.map((policy) =>
      documentSlot({ kind: 'managed', account, key: `${account.id} policy ${policy.name}` }, policy),
    ),
    ...inline('user', users),
    ...inline('group', groups),
    ...inline('role', roles),
    ...registries.flatMap((registry) => [
      ...policySlot({ kind: 'registry', account, key: `${account.id} ${registry.region}` }, registry),
      ...registry.repositories.flatMap((repository) =>
        policySlot(
          { kind: 'repository', account, key: `${account.id} ${registry.region} ${repository.name}` },
          repository,
        ),
      ),
    ]),
  ];
}

type Head = Pick<DocumentSlot, 'key' | 'kind' | 'account'>;

function documentSlot(head: Head, owner: { document: PolicyDocument }): DocumentSlot {
  return {
    ...head,
    document: owner.document,
    replace(changed) {
      owner.document = changed;
    },
  };
}

function inlineSlot(head: Head, inline: Record<string, PolicyDocument>, name: string): DocumentSlot {
  const document = inline[name];
  if (document === undefined) {
    throw new Error(`there is no inline policy \`${name}\``);
  }
  return {
    ...head,
    document,
    replace(changed) {
      inline[name] = changed;
    },
  };
}

function policySlot(head: Head, owner: { policy?: PolicyDocument | null }): DocumentSlot[] {
  const document = owner.policy;
  if (document === undefined || document === null) {
    return [];
  }
  return [
    {
      ...head,
      document,
      replace(changed) {
        owner.policy = changed;
      },
    },
  ];
}
