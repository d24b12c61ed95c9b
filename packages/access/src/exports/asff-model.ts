/*
 * The part of the AWS Security Finding Format that ecr-audit writes, and its limits.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */

export const ASFF_LIMITS = {
  title: 256,
  description: 1024,
  /** Of `Id` and `GeneratorId`. */
  id: 512,
  /** Of `ProductName` and `CompanyName`. */
  productName: 128,
  recommendation: 512,
  productField: 2048,
  productFields: 50,
  productFieldKey: 128,
  resources: 32,
  region: 16,
  /** None is documented. No ARN is longer, and one that was cut would name something else. */
  resourceId: 2048,
  findingBytes: 240_000,
} as const;

export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName: string;
  readonly CompanyName: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
  readonly Title: string;
  readonly Description: string;
  readonly Remediation: { readonly Recommendation: { readonly Text: string } };
  readonly Resources: readonly AsffResource[];
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly FindingProviderFields: {
    readonly Severity: {
      readonly Label: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL';
      readonly Original: string;
    };
    readonly Types: readonly string[];
  };
}

/** Those that a resource can name. */
export const ASFF_PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;

export interface AsffResource {
  readonly Type: string;
  readonly Id: string;
  readonly Region?: string;
  readonly Partition?: (typeof ASFF_PARTITIONS)[number];
}
