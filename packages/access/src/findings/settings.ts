/** Patterns of names, with `*` for any characters, and tags of which one is enough. */
export interface RepositorySelection {
  readonly patterns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What only the people who run the registries can say. */
export interface FindingSettings {
  readonly production: RepositorySelection;
  /** Repositories whose images are secret. Where nothing is said, those of production. */
  readonly sensitive: RepositorySelection;
  /** ARNs or names of principals, with `*` for any characters, who may administer registries. */
  readonly administrators: readonly string[];
  /** Accounts that are ours beside those of the snapshot and its organization. */
  readonly ourAccounts: readonly string[];
  /** Accounts of others who may pull; what else they may is told, one level lower than of strangers. */
  readonly partnerAccounts: readonly string[];
  /** Accounts of others about whose access nothing is told. */
  readonly allowedAccounts: readonly string[];
  /** Organizations that are ours beside that of the snapshot. */
  readonly ourOrganizations: readonly string[];
  /** How long a right may lie unused. */
  readonly dormantDays: number;
}
