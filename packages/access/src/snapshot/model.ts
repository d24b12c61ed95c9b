import type { PolicyDocument, Readable } from '@ecr-audit/policy';
import type { CollectionGap } from './gap.ts';

/** Everything that a decision may rest on, at one point in time, with what could not be read. */
export interface Snapshot {
  /** ISO 8601. */
  readonly takenAt: string;
  readonly partition: string;
  /** Those recorded when it was collected, and one for every file that is missing. */
  readonly gaps: readonly CollectionGap[];
  /** Null where the organization was not collected. */
  readonly organization: OrganizationSnapshot | null;
  readonly accounts: ReadonlyMap<string, AccountSnapshot>;
  readonly problems: readonly DocumentProblem[];
}

/** Something in a policy document that cannot be read. It taints what rests on that statement, and nothing else. */
export interface DocumentProblem {
  readonly policy: string;
  readonly place: string;
  readonly message: string;
}

export interface AccountSnapshot {
  readonly id: string;
  /** Null where IAM could not be read, or only in part. */
  readonly iam: IamSnapshot | null;
  /** Those with a registry. */
  readonly regions: ReadonlyMap<string, RegionSnapshot>;
  /** By region; global services record their events in a region that need not have a registry. */
  readonly cloudTrailWindows: ReadonlyMap<string, CloudTrailWindow>;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A document with the name that explanations use for it. */
export interface NamedDocument {
  readonly policy: string;
  readonly document: Readable<PolicyDocument>;
  /** Of an inline policy: the characters that count against the limit for all of one principal or group together. */
  readonly length?: number;
}

export interface IamPrincipal {
  readonly kind: 'user' | 'role';
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly tags: readonly Tag[];
  readonly inlinePolicies: readonly NamedDocument[];
  readonly attachedPolicyArns: readonly string[];
  readonly permissionsBoundaryArn: string | null;
  /** Names; empty for roles. */
  readonly groups: readonly string[];
}

export interface IamGroup {
  readonly arn: string;
  readonly name: string;
  readonly inlinePolicies: readonly NamedDocument[];
  readonly attachedPolicyArns: readonly string[];
}

export interface IamSnapshot {
  readonly principals: readonly IamPrincipal[];
  readonly principalsByArn: ReadonlyMap<string, IamPrincipal>;
  readonly principalsById: ReadonlyMap<string, IamPrincipal>;
  /** Names of roles are unique in an account whatever their path. */
  readonly rolesByName: ReadonlyMap<string, IamPrincipal>;
  readonly groups: ReadonlyMap<string, IamGroup>;
  readonly managedPolicies: ReadonlyMap<string, NamedDocument>;
}

export interface Repository {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly policy: RepositoryPolicy;
  /** Null where the tags could not be read. */
  readonly tags: readonly Tag[] | null;
}

export type RepositoryPolicy =
  | { readonly kind: 'none' }
  | { readonly kind: 'policy'; readonly named: NamedDocument }
  | { readonly kind: 'unread' };

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html */
export interface RegistrySnapshot {
  readonly policy: RepositoryPolicy;
  /** Null where the setting could not be read. */
  readonly scope: 'V1' | 'V2' | null;
}

export interface RegionSnapshot {
  readonly region: string;
  /** Null where the repositories could not be listed. By name. */
  readonly repositories: ReadonlyMap<string, Repository> | null;
  readonly registry: RegistrySnapshot;
}

/** The stretch of time in which events were really read. */
export interface CloudTrailWindow {
  readonly startTime: string;
  readonly endTime: string;
  readonly complete: boolean;
}

export interface OrganizationSnapshot {
  readonly id: string;
  readonly managementAccountId: string | null;
  readonly scpsEnabled: boolean;
  readonly rcpsEnabled: boolean;
  readonly accounts: ReadonlyMap<string, OrganizationAccount>;
}

export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  /** From the root down to the account itself. Null where a parent is missing from the file. */
  readonly levels: readonly OrganizationLevelSnapshot[] | null;
}

export interface OrganizationLevelSnapshot {
  /** `r-...`, `ou-...` or the account id. */
  readonly id: string;
  readonly kind: 'root' | 'ou' | 'account';
  readonly name: string;
  readonly scps: readonly NamedDocument[];
  readonly rcps: readonly NamedDocument[];
}
