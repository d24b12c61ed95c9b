/**
 * Where CloudTrail records the calls of IAM and Organizations of a partition.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
const HOME_REGIONS: ReadonlyMap<string, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-iso-b', 'us-isob-east-1'],
]);

export function homeRegionOf(partition: string): string {
  return HOME_REGIONS.get(partition) ?? 'us-east-1';
}
