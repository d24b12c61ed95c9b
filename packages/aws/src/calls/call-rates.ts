/** A service with a pace of its own for each account and region. */
export type PacedService = 'sts' | 'iam' | 'ecr' | 'cloudtrail' | 'organizations' | 'account';

export interface CallRate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * How fast each service is asked, for one account and region. They are where the pace starts and its upper bound; what
 * AWS throttles slows it further. AWS publishes few limits of reads, so most stay well below what is seen in the field.
 */
export const callRates: Readonly<Record<PacedService, CallRate>> = {
  // AWS allows 600 a second; a tenth of it leaves the rest to the workloads of the caller's account.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  sts: { perSecond: 50, burst: 20 },
  // Not published, and shared by all of an account. A page holds 1,000 entities, so a large account has ten calls.
  // https://aws.amazon.com/blogs/security/how-to-monitor-and-query-iam-resources-at-scale-part-2/
  iam: { perSecond: 10, burst: 10 },
  // Published for pushes and pulls only, which have limits of their own; reads are throttled at tens a second.
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
  ecr: { perSecond: 40, burst: 80 },
  // LookupEvents has its own bucket, which the session holds; this is for what else may be asked.
  cloudtrail: { perSecond: Number.POSITIVE_INFINITY, burst: 1 },
  // Not published, and shared by the whole organization. Four callers of ListRoots at once were seen throttled; one that
  // asks in a row is not. https://github.com/awslabs/aws-deployment-framework/issues/801
  organizations: { perSecond: 8, burst: 10 },
  // One call an account, so any pace is enough; AWS throttles loops over many accounts from one of them.
  // https://docs.aws.amazon.com/accounts/latest/reference/quotas.html
  account: { perSecond: 2, burst: 2 },
};
