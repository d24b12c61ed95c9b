import {
  all,
  any,
  decideFormula,
  type Formula,
  matchDocument,
  not,
  present,
  type PrincipalEntry,
  type RequestPrincipal,
  type Statement,
  UNKNOWN,
} from '@ecr-audit/policy';
import type { NamedDocument } from '../snapshot/model.ts';
import type { FindingInput, ScanView } from './finding-input.ts';
import { heldParts } from './held-parts.ts';
import { type Holding, holdingFrom, ownPrincipals } from './holdings.ts';
import type { PrincipalRef } from '../principal.ts';
import { WRITE_ACTIONS } from './rights.ts';

/** A role that may write to repositories, as far as the engine knows, with who may become it. */
export interface TrustedRole {
  readonly principal: PrincipalRef;
  readonly accountId: string;
  /** What it may do, worked out when it is first asked for: most roles trust nobody of whom there is anything to say. */
  readonly holding: () => Holding;
  readonly trust: NamedDocument;
}

/** The roles that may write, and whose trust policy was read. Worked out once for a scan: six rules ask. */
export function writingRoles({ scan }: Pick<FindingInput, 'scan'>): readonly TrustedRole[] {
  const known = rolesOf.get(scan) ?? findWritingRoles(scan);
  rolesOf.set(scan, known);
  return known;
}

const rolesOf = new WeakMap<ScanView, readonly TrustedRole[]>();

function findWritingRoles(scan: ScanView): TrustedRole[] {
  return ownPrincipals(scan).flatMap((access) => {
    const { principal } = access;
    const trust = scan.facts.trusts.get(principal.id);
    const { accountId } = principal;
    const parts = principal.kind === 'role' && trust !== undefined ? heldParts(access, WRITE_ACTIONS) : [];
    let known: Holding | null = null;
    const holding = (): Holding => (known ??= holdingFrom(parts, { actions: WRITE_ACTIONS, scan }));
    return trust === undefined || accountId === null || parts.length === 0
      ? []
      : [{ principal, accountId, holding, trust }];
  });
}

/** The entries of the Principal of every Allow for an action. What cannot be read names nobody here. */
export function trustedEntries(
  { document }: NamedDocument,
  isWanted: (statement: Statement) => boolean,
): PrincipalEntry[] {
  const statements = document.kind === 'readable' ? document.value.statements : [];
  return statements.flatMap((statement) => {
    const { effect, principal } = statement;
    const isAllow = effect.kind === 'readable' && effect.value === 'Allow';
    return isAllow && isWanted(statement) && principal?.kind === 'readable' && !principal.value.isNegated
      ? principal.value.entries
      : [];
  });
}

/** Under which condition somebody may become the role; `claims` are keys that are known, in lower case. */
export function assumption(
  { policy, document }: NamedDocument,
  request: {
    readonly principal: RequestPrincipal;
    readonly action: string;
    readonly roleArn: string;
    readonly claims: ReadonlyMap<string, string>;
  },
): Formula {
  if (document.kind === 'unreadable') {
    return { kind: 'unreadable', place: policy, isGap: true };
  }
  const { principal, action, roleArn: resource, claims } = request;
  const context = {
    lookup: (key: string) => {
      const claim = claims.get(key);
      return claim === undefined ? UNKNOWN : present(claim);
    },
  };
  const matches = matchDocument(document.value, policy, { principal, action, resource, context });
  const withEffect = (wanted: 'Allow' | 'Deny'): Formula[] =>
    matches.filter(({ effect }) => effect === wanted).map(({ formula }) => formula);
  return decideFormula(all([any(withEffect('Allow')), not(any(withEffect('Deny')))]), context);
}

/** Somebody of another account; null for anyone. */
export function outsider(partition: string, accountId: string | null, arn: string): RequestPrincipal {
  return {
    kind: 'outsider',
    partition,
    accountId,
    arn,
    sessionArn: null,
    uniqueId: null,
    hasPermissionsBoundary: false,
    federatedProvider: null,
  };
}

/** Somebody with a token of an identity provider. */
export function federated(partition: string, accountId: string, provider: string): RequestPrincipal {
  return { ...outsider(partition, accountId, provider), kind: 'federatedUser', federatedProvider: provider };
}
