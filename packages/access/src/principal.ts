/** What kind of principal holds access. `external` ones belong to accounts that the snapshot does not hold. */
export type PrincipalKind = 'user' | 'role' | 'session' | 'federatedUser' | 'root' | 'service' | 'external';

/**
 * A principal as the access tables know it.
 *
 * `id` is AWS's unique id (AIDA..., AROA...) for users and roles, `AROA...:NAME` for a session that a policy names,
 * `root:ACCOUNT` for the account's root user,
 * `service:NAME` for an AWS service and `external:ARN` for a principal of an account outside the snapshot.
 */
export interface PrincipalRef {
  readonly id: string;
  readonly arn: string;
  readonly kind: PrincipalKind;
  /** Null for AWS services. */
  readonly accountId: string | null;
  readonly name: string;
}
