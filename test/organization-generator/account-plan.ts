export type AccountKind = 'management' | 'registry' | 'security' | 'sandbox' | 'production' | 'development' | 'single';

/** What an account is before anything is in it. */
export interface AccountPlan {
  readonly id: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly regions: readonly string[];
  readonly teams: readonly string[];
  readonly vpcEndpoints: readonly string[];
  readonly principalCount: number;
  readonly repositoryCount: number;
}
