/**
 * The company as plain data, before it takes AWS's shapes.
 *
 * Nothing here is readonly: the second point in time is the first one with the week's changes applied to a fresh copy.
 */
export interface Company {
  organization: Organization;
  accounts: Account[];
}

export interface Organization {
  id: string;
  managementAccountId: string;
  rootId: string;
  units: OrganizationalUnit[];
  members: Member[];
  policies: OrganizationPolicy[];
}

interface OrganizationalUnit {
  id: string;
  name: string;
  parentId: string;
}

interface Member {
  id: string;
  name: string;
  parentId: string;
  tags?: Tags;
}

export interface OrganizationPolicy {
  id: string;
  name: string;
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  isAwsManaged: boolean;
  document: PolicyDocument;
  targets: string[];
}

/** An account whose folder the snapshot holds. */
export interface Account {
  id: string;
  users: User[];
  groups: Group[];
  roles: Role[];
  policies: ManagedPolicy[];
  identityProviders: IdentityProviders;
  registries: Record<Region, Registry>;
}

export type Region = 'eu-west-1' | 'us-east-1';

export type Tags = Record<string, string>;

/** `managed` and `boundary` name a policy of the same account, or else one of AWS's own. */
interface Permissions {
  managed?: string[];
  inline?: Record<string, PolicyDocument>;
}

/**
 * `createdAt` is only said where the story needs it; elsewhere it follows from the name.
 * `generation` grows when a principal is deleted and made again: its unique id changes with it.
 */
interface Principal extends Permissions {
  name: string;
  path?: string;
  boundary?: string;
  tags?: Tags;
  createdAt?: string;
  generation?: number;
}

export interface User extends Principal {
  groups?: string[];
}

export interface Group extends Permissions {
  name: string;
  path?: string;
}

export interface Role extends Principal {
  trust: PolicyDocument;
  hasInstanceProfile?: boolean;
}

/** `versions[0]` is `v1`; the last version is the default one. */
export interface ManagedPolicy {
  name: string;
  path?: string;
  versions: { document: PolicyDocument; createdAt: string }[];
}

interface IdentityProviders {
  github: boolean;
  identityCenter: boolean;
}

export interface Registry {
  repositories: Repository[];
  policy: PolicyDocument | null;
  policyScope: 'V1' | 'V2';
  replication: { destinations: { region: Region; registryId: string }[]; prefixes: string[] }[];
  pullThroughCacheRules: PullThroughCacheRule[];
  creationTemplates: RepositoryCreationTemplate[];
}

interface PullThroughCacheRule {
  prefix: string;
  upstreamUrl: string;
  upstream: string;
  createdAt: string;
}

interface RepositoryCreationTemplate {
  prefix: string;
  description: string;
  policy: PolicyDocument;
  createdAt: string;
}

export interface Repository {
  name: string;
  policy?: PolicyDocument;
  tags?: Tags;
  isMutable?: boolean;
  isScannedOnPush?: boolean;
  /** The id of the KMS key; AES-256 without one. */
  kmsKeyId?: string;
  createdAt?: string;
}

export interface PolicyDocument {
  Version: '2012-10-17' | '2008-10-17';
  Id?: string;
  Statement: Statement[];
}

export interface Statement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: PolicyPrincipal;
  NotPrincipal?: PolicyPrincipal;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

type PolicyPrincipal = '*' | Record<string, string | string[]>;
