import type { ChangedStatement } from '../carriers/statement-changes.ts';
import type { CollectionGap } from '../snapshot/gap.ts';

/** What kind of fact differs. */
export type DifferenceKind =
  | 'inlinePolicy'
  | 'attachment'
  | 'managedPolicy'
  | 'boundary'
  | 'groupMembership'
  | 'principalTags'
  | 'trust'
  | 'principal'
  | 'group'
  | 'repositoryPolicy'
  | 'repositoryTags'
  | 'repository'
  | 'registryPolicy'
  | 'registryScope'
  | 'registrySetting'
  | 'scp'
  | 'rcp'
  | 'organizationAttachment'
  | 'accountMoved'
  | 'account';

/** A statement about ECR that only one of the two sides has. */
export type DifferingStatement = ChangedStatement & { readonly change: 'added' | 'removed' };

/** One fact of the configuration that is another in the later of two snapshots, both of which have read it. */
export interface ConfigurationDifference {
  readonly kind: DifferenceKind;
  /** `changed` for a user or role: it was deleted and made again, or renamed; for a repository: deleted and made again. */
  readonly change: 'added' | 'removed' | 'changed';
  /** What it is about, in the words of `changeSubjects`. */
  readonly subjects: readonly string[];
  /** Null for facts of the organization. */
  readonly accountId: string | null;
  readonly region: string | null;
  /** As reasons name it; null where it is no policy. An attachment names the policy that is attached. */
  readonly policy: string | null;
  readonly statements: readonly DifferingStatement[];
  /** In words or JSON, of what is no list of statements about ECR; null where there was none. Policies are written in one order. */
  readonly before: string | null;
  readonly after: string | null;
  /** False where it is certain that no access to ECR rests on it: a policy that differs in what it says of other services. */
  readonly concernsEcr: boolean;
}

/** Facts that nobody can compare, because a snapshot lacks them: nothing of them is among the differences. */
export interface UnknownConfiguration {
  /** What was not read, such as `IAM` or `repositoryPolicy`. */
  readonly what: 'iam' | 'repositories' | 'organization' | DifferenceKind;
  readonly accountId: string | null;
  readonly region: string | null;
  /** ARN of a policy or repository, or the name of a setting; null for all of them. */
  readonly resource: string | null;
  readonly unreadIn: 'before' | 'after' | 'both';
  /** Null where no gap was recorded: nobody collected it. */
  readonly gap: CollectionGap | null;
}
