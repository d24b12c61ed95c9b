import { type PrincipalEntry, renderTemplate, type Statement } from '@ecr-audit/policy';
import { findEcrAction } from '../ecr/actions.ts';
import { renderConditions } from './render-conditions.ts';
import type { PrincipalJson, SuggestedStatement } from './suggested-document.ts';

const WILD = { wildcards: true, variables: true } as const;

/** A statement of a repository policy as it stands, to be kept; null where a part of it cannot be read. */
export function renderStatement(statement: Statement, partition: string): SuggestedStatement | null {
  const { effect, principal, action, resource, sid, strayElements } = statement;
  const condition = renderConditions(statement.conditions);
  if (
    effect.kind === 'unreadable' ||
    principal?.kind !== 'readable' ||
    action.kind === 'unreadable' ||
    resource?.kind === 'unreadable' ||
    strayElements.length > 0 ||
    condition === null
  ) {
    return null;
  }
  const actions = action.value.patterns.map(({ prefix, name }) => {
    const text = `${prefix === null ? '' : `${prefix}:`}${renderTemplate(name, WILD)}`;
    return findEcrAction(text)?.name ?? text;
  });
  const principals = principalsOf(principal.value.entries, partition);
  const resources =
    resource === null ? [] : resource.value.patterns.map(({ template }) => renderTemplate(template, WILD));
  return {
    ...(sid === null || sid === '' ? {} : { Sid: sid }),
    Effect: effect.value,
    ...(principal.value.isNegated ? { NotPrincipal: principals } : { Principal: principals }),
    ...(action.value.isNegated ? { NotAction: actions } : { Action: actions }),
    ...(resource === null ? {} : resource.value.isNegated ? { NotResource: resources } : { Resource: resources }),
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function principalsOf(entries: readonly PrincipalEntry[], partition: string): PrincipalJson {
  const byType: Record<string, string[]> = {};
  for (const entry of entries) {
    const [type, text] = principalText(entry, partition);
    byType[type] = [...(byType[type] ?? []), text];
  }
  return byType;
}

function principalText(
  entry: PrincipalEntry,
  partition: string,
): readonly ['AWS' | 'Service' | 'Federated' | 'CanonicalUser', string] {
  switch (entry.kind) {
    case 'everyone':
      return ['AWS', '*'];
    case 'account':
      return ['AWS', `arn:${entry.partition ?? partition}:iam::${entry.accountId}:root`];
    case 'arn':
      return ['AWS', entry.arn];
    case 'uniqueId':
      return ['AWS', entry.id];
    case 'service':
      return ['Service', entry.name];
    case 'federated':
      return ['Federated', entry.provider];
    case 'canonicalUser':
      return ['CanonicalUser', entry.id];
  }
}
