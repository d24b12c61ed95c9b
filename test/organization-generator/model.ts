import type { AccountPlan } from './account-plan.ts';
import type { Scene } from './scene.ts';
import type { Organization, PolicyDocument, Tags } from '../sample-organization/model.ts';

/** An organization as plain data, before it takes AWS's shapes. A day later is a copy of it with changes. */
export interface GeneratedOrganization {
  readonly scene: Scene;
  /** Grows with every day; what is made on a day is named for it. */
  day: number;
  /** What each document was at first that has been changed, by the key of its slot. */
  readonly firstDocuments: Map<string, PolicyDocument>;
  readonly organization: Organization;
  readonly accounts: Account[];
}

export interface Account {
  readonly plan: AccountPlan;
  readonly users: User[];
  readonly groups: Group[];
  readonly roles: Role[];
  readonly policies: ManagedPolicy[];
  readonly registries: Registry[];
}

/** `managed` and `boundary` name a policy of the same account, or else one of AWS's own. */
interface Permissions {
  managed: string[];
  inline: Record<string, PolicyDocument>;
}

export interface Principal extends Permissions {
  readonly name: string;
  readonly path: string;
  readonly tags: Tags;
  boundary?: string;
}

export interface User extends Principal {
  readonly groups: string[];
}

export interface Group extends Permissions {
  readonly name: string;
}

export interface Role extends Principal {
  readonly trust: PolicyDocument;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  document: PolicyDocument;
}

export interface Registry {
  readonly region: string;
  readonly repositories: Repository[];
  policy: PolicyDocument | null;
  readonly scope: 'V1' | 'V2';
  readonly replicatesTo: readonly { readonly region: string; readonly registryId: string }[];
}

export interface Repository {
  readonly name: string;
  readonly tags: Tags;
  policy?: PolicyDocument;
}
