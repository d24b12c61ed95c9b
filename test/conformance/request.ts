import { documentOf } from './document-text.ts';
import { defaultAccount, defaultRegion } from './expand.ts';
import type { CompactRequest } from './schema.ts';

/** A request as the evaluator takes it, from the short forms of a case file. */
export function expandRequest(request: CompactRequest): unknown {
  const { principal, resource, sessionPolicies, ...rest } = request;
  return {
    ...rest,
    ...(principal === undefined ? {} : { principal: expandPrincipal(principal) }),
    ...(resource === undefined ? {} : { resource: expandResource(resource) }),
    ...(sessionPolicies === undefined
      ? {}
      : { sessionPolicies: sessionPolicies.map((document) => documentOf(document)) }),
  };
}

function expandPrincipal(principal: string): string {
  const { accountId, rest } = splitAccount(principal);
  const [kind, name, session] = rest.split('/');
  if (rest === 'root') {
    return `arn:aws:iam::${accountId}:root`;
  }
  if (name === undefined) {
    return principal;
  }
  if (kind === 'user' || kind === 'role') {
    return `arn:aws:iam::${accountId}:${rest}`;
  }
  if (kind === 'session' && session !== undefined) {
    return `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`;
  }
  return principal;
}

function expandResource(resource: string): string {
  if (resource === '*' || resource.startsWith('arn:') || resource.startsWith('!')) {
    return resource.replace('!', '');
  }
  const { accountId, rest } = splitAccount(resource);
  const [first, second] = rest.split(':');
  const region = second === undefined ? defaultRegion : first;
  return `arn:aws:ecr:${region}:${accountId}:repository/${second ?? first}`;
}

function splitAccount(text: string): { readonly accountId: string; readonly rest: string } {
  const [head = '', ...tail] = text.split(':');
  const isAccount = tail.length > 0 && head.length === 12 && Number.isInteger(Number(head));
  return isAccount ? { accountId: head, rest: tail.join(':') } : { accountId: defaultAccount, rest: text };
}
