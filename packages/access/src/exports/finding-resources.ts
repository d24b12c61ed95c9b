import { parseArn } from '@ecr-audit/policy';
import type { Finding } from '../findings/finding.ts';

export type ResourceKind = 'repository' | 'registry' | 'role' | 'user' | 'root' | 'policy' | 'account' | 'other';

/** Something that a finding is about, in words that all formats can be made of. */
export interface FindingResource {
  /** As the finding says it: an ARN where there is one. */
  readonly id: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly part: 'subject' | 'principal' | 'example';
}

/** What a finding is about, then who it is about, then some of its repositories; each once. */
export function findingResources({ resource, principal, repositories, accountId, region }: Finding): FindingResource[] {
  const found = new Map<string, FindingResource>();
  const add = (id: string, part: FindingResource['part']): void => {
    if (id !== '' && !found.has(id)) {
      found.set(id, describeResource(id, part));
    }
  };
  add(resource, 'subject');
  if (principal !== null) {
    add(principal.arn ?? principal.id, 'principal');
  }
  for (const example of repositories.examples) {
    add(example, 'example');
  }
  if (found.size === 0) {
    // A rule that names nothing is about the account, or else about the whole organization.
    add(accountId === null ? 'organization' : `account:${accountId}`, 'subject');
  }
  return [...found.values()].map((each) =>
    // A name such as that of a service control policy says neither; the finding does.
    each.part === 'subject' ? { ...each, accountId: each.accountId ?? accountId, region: each.region ?? region } : each,
  );
}

function describeResource(id: string, part: FindingResource['part']): FindingResource {
  if (id.startsWith(ACCOUNT)) {
    const accountId = id.slice(ACCOUNT.length);
    return { id, part, kind: 'account', name: accountId, accountId, region: null };
  }
  if (id.startsWith(REGISTRY)) {
    const rest = id.slice(REGISTRY.length);
    const [accountId = '', region = ''] = rest.split('/');
    return { id, part, kind: 'registry', name: rest, accountId: accountId || null, region: region || null };
  }
  const arn = parseArn(id);
  if (arn === null) {
    return { id, part, kind: 'other', name: id, accountId: null, region: null };
  }
  const place = { accountId: arn.accountId || null, region: arn.region || null };
  for (const [service, prefix, kind] of ARN_KINDS) {
    if (arn.service === service && arn.resource.startsWith(prefix)) {
      return { id, part, kind, name: arn.resource.slice(prefix.length) || arn.resource, ...place };
    }
  }
  return { id, part, kind: 'other', name: arn.resource, ...place };
}

const ACCOUNT = 'account:';
const REGISTRY = 'registry:';

const ARN_KINDS: readonly (readonly [service: string, prefix: string, kind: ResourceKind])[] = [
  ['ecr', 'repository/', 'repository'],
  ['iam', 'role/', 'role'],
  ['iam', 'user/', 'user'],
  ['iam', 'policy/', 'policy'],
  ['iam', 'root', 'root'],
];
