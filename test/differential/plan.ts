/**
 * A small organization as plain data, from which the files of a snapshot are made.
 *
 * Numbers name things by their place in a list and wrap around at its end, so that every plan has a meaning and a
 * smaller one is found by taking things away.
 */
export interface OrganizationPlan {
  /** Shared by identity policies, boundaries and SCPs: two names for one document are common. */
  readonly identityDocuments: readonly DocumentPlan[];
  /** Shared by repository policies, registry policies and RCPs. */
  readonly resourceDocuments: readonly DocumentPlan[];
  /** The first has the first account id, and so on. */
  readonly accounts: readonly AccountPlan[];
  readonly tree: TreePlan | null;
  readonly gaps: readonly GapPlan[];
}

/** `raw` is anything at all in place of a document. */
export type DocumentPlan =
  | {
      readonly kind: 'statements';
      readonly version: unknown;
      readonly statements: readonly unknown[];
    }
  | { readonly kind: 'raw'; readonly value: unknown };

export interface AccountPlan {
  readonly users: readonly PrincipalPlan[];
  readonly roles: readonly PrincipalPlan[];
  /** By the order of the names of groups. */
  readonly groups: readonly AttachmentsPlan[];
  readonly managed: readonly ManagedPolicyPlan[];
  readonly regions: readonly RegionPlan[];
  readonly isIamMissing: boolean;
}

export interface AttachmentsPlan {
  /** Documents. */
  readonly inline: readonly number[];
  /** Managed policies, one of which may not be in the file. */
  readonly attached: readonly number[];
}

/** The managed policy that is attached and not in the file. */
export const NOT_IN_FILE = 9;

export interface PrincipalPlan extends AttachmentsPlan {
  readonly name: string;
  readonly path: string;
  readonly generation: number;
  readonly tags: readonly TagPlan[];
  /** A managed policy, as in `attached`. */
  readonly boundary: number | null;
  /** Names; of users only. */
  readonly groups: readonly string[];
}

export interface TagPlan {
  readonly Key: string;
  readonly Value: string;
}

interface ManagedPolicyPlan {
  readonly document: number;
  /** AWS's own policies have one ARN in all accounts. */
  readonly isAwsOwned: boolean;
}

export interface RegionPlan {
  readonly name: string;
  readonly repositories: readonly RepositoryPlan[];
  /** So many repositories more, all much alike: sets of more than one word. */
  readonly furtherRepositories: number;
  /** Null for none. */
  readonly registryPolicy: number | null;
  /** Null where the setting is not in the file. */
  readonly scope: string | null;
  /** File names. */
  readonly missing: readonly string[];
}

export interface RepositoryPlan {
  readonly name: string;
  readonly policy: number | null;
  readonly tags: readonly TagPlan[];
}

export interface TreePlan {
  /** The place of each OU: 0 is the root, `n` is the OU of index `n - 1`, always one before it. */
  readonly units: readonly number[];
  /** The place of each account in the order of ids; `gone` for a parent that is not in the file, null for no member. */
  readonly members: readonly (number | 'gone' | null)[];
  /** Where the member that is not collected stands. */
  readonly uncollected: number | null;
  /** An account by its index, the member that is not collected, or nobody. */
  readonly management: number | 'uncollected' | null;
  readonly scps: readonly OrganizationPolicyPlan[];
  readonly rcps: readonly OrganizationPolicyPlan[];
  /** Nodes without FullAWSAccess: 0 is the root, then the OUs, then the accounts. */
  readonly bare: readonly number[];
  readonly scpStatus: PolicyTypeStatus;
  readonly rcpStatus: PolicyTypeStatus;
}

export type PolicyTypeStatus = 'ENABLED' | 'DISABLED' | 'unstated';

export interface OrganizationPolicyPlan {
  readonly name: string;
  readonly document: number;
  /** Nodes, as in `bare`. */
  readonly targets: readonly number[];
}

export interface GapPlan {
  readonly source: string;
  /** An account by its index; null for all. */
  readonly account: number | null;
  readonly region: string | null;
  readonly resource: string | null;
}
