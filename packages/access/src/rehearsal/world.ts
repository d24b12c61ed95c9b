import type { NamedDocument, Snapshot } from '../snapshot/model.ts';

/** Which answers a change can touch; everything else is as it was and is not asked. */
export interface Touched {
  /** ARNs of users and roles, with the sessions of those. */
  readonly identities: Set<string>;
  /** Every principal of these accounts. */
  readonly callerAccounts: Set<string>;
  /** ARNs, for every principal. */
  readonly repositories: Set<string>;
  /** Every repository of these accounts, for every principal. */
  readonly resourceAccounts: Set<string>;
  /** Whether a policy has changed that bears on repositories without being their own. */
  aboveRepositories: boolean;
}

/** A snapshot on its way from before to after. */
export interface Rehearsed {
  snapshot: Snapshot;
  readonly touched: Touched;
  /** Documents of managed policies that a change brought along, by ARN. */
  readonly brought: Map<string, NamedDocument>;
}

export function startRehearsal(snapshot: Snapshot): Rehearsed {
  return {
    snapshot,
    touched: {
      identities: new Set(),
      callerAccounts: new Set(),
      repositories: new Set(),
      resourceAccounts: new Set(),
      aboveRepositories: false,
    },
    brought: new Map(),
  };
}
