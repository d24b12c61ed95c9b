import { lostConditions, type SharedScope } from './lost-conditions.ts';
import { registryOf } from './registry-pattern.ts';

/** All that a finding is about, exactly: what somebody approves, and what it must not grow beyond without being told again. */
export interface FindingScope {
  /** ARNs, all of them, in order. */
  readonly repositories: readonly string[];
  /** Actions, or whatever else would be more of it: who is trusted, which upstream. In order. */
  readonly rights: readonly string[];
  /** Conditions in words without which there would be less of it, in order; empty where it holds without any. */
  readonly conditions: readonly string[];
  /** Unique ids, in order; only where it is about several. */
  readonly principals?: readonly string[];
  /**
   * Registries, as `arn:aws:ecr:REGION:ACCOUNT:repository/*`, of which it covers every repository, and each that will be made. A
   * new one there makes it no wider: otherwise each would open every finding again about somebody who may act on `*`.
   */
  readonly toCome?: readonly string[];
}

/** What a scope has that another has not. */
export interface ScopeGrowth {
  readonly repositories: readonly string[];
  readonly rights: readonly string[];
  readonly principals: readonly string[];
  /** Registries of which it now covers what is made there, too. */
  readonly toCome: readonly string[];
  /** Approved conditions that something in both scopes no longer hangs on. */
  readonly lostConditions: readonly string[];
}

/** Whether a finding is about nothing that was not approved. Narrower is within. */
export function isScopeWithin(now: FindingScope, approved: FindingScope): boolean {
  return Object.values<readonly string[]>({ ...scopeGrowth(now, approved) }).every((added) => added.length === 0);
}

/** Where one scope goes beyond another; nothing where it is within. */
export function scopeGrowth(now: FindingScope, approved: FindingScope): ScopeGrowth {
  const registries = new Set(approved.toCome);
  return {
    repositories: beyond(now.repositories, approved.repositories).filter((arn) => !registries.has(registryOf(arn))),
    rights: beyond(now.rights, approved.rights),
    principals: beyond(now.principals ?? [], approved.principals ?? []),
    toCome: beyond(now.toCome ?? [], approved.toCome ?? []),
    // Whoever approved it without conditions approved it under any.
    lostConditions: lostConditions(now.conditions, approved.conditions, sharedScope(now, approved)),
  };
}

const REGISTRY = /^(?:registry:|every registry of )/;

function sharedScope(now: FindingScope, approved: FindingScope): SharedScope {
  const [repositories, toCome, rights, principals] = [
    new Set(approved.repositories),
    new Set(approved.toCome),
    new Set(approved.rights),
    new Set(approved.principals),
  ];
  const shared = now.rights.filter((right) => rights.has(right));
  return {
    repositories: now.repositories.filter((arn) => repositories.has(arn) || toCome.has(registryOf(arn))),
    registries: shared.filter((right) => REGISTRY.test(right)),
    rights: shared.filter((right) => !REGISTRY.test(right)),
    principals: (now.principals ?? []).filter((id) => principals.has(id)),
  };
}

/** Each text once, in order. */
export function inOrder(texts: Iterable<string>): string[] {
  return [...new Set(texts)].toSorted();
}

function beyond(now: readonly string[], before: readonly string[]): string[] {
  const known = new Set(before);
  return now.filter((text) => !known.has(text));
}
