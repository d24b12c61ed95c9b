import { STSClient } from '@aws-sdk/client-sts';

import { AwsError } from './errors.ts';

// A region becomes a host name and a folder name, so nothing else may pass.
const regionPattern = /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/;

export function isRegionName(text: string): boolean {
  return regionPattern.test(text);
}

/** Gives the regions to read, sorted and without repetition: those named, else that of the environment or the profile. */
export async function resolveRegions(options: {
  readonly regions: readonly string[];
  readonly profile: string | null;
}): Promise<readonly string[]> {
  const named = options.regions.length > 0 ? options.regions : await defaultRegions(options.profile);
  if (named.length === 0) {
    throw new AwsError(
      'regionMissing',
      'no region to read: expected region names (`--regions eu-west-1,us-east-1`), `AWS_REGION` in the environment, or a region in the profile',
    );
  }
  const wrong = named.find((region) => !isRegionName(region));
  if (wrong !== undefined) {
    throw new AwsError(
      'regionInvalid',
      `\`${wrong.slice(0, 60)}\` is no region name: expected one such as \`eu-west-1\`; give several as \`eu-west-1,us-east-1\``,
    );
  }
  return [...new Set(named)].toSorted();
}

async function defaultRegions(profile: string | null): Promise<readonly string[]> {
  const fromEnvironment = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
  if (fromEnvironment) {
    return [fromEnvironment];
  }
  // The SDK reads the shared configuration file; it throws where that names no region.
  const client = new STSClient(profile === null ? {} : { profile });
  try {
    return [await client.config.region()];
  } catch {
    return [];
  } finally {
    client.destroy();
  }
}

/**
 * Gives the region in which CloudTrail records the IAM calls of a partition.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
export function homeRegion(partition: string): string {
  switch (partition) {
    case 'aws-cn':
      return 'cn-north-1';
    case 'aws-us-gov':
      return 'us-gov-west-1';
    case 'aws-iso':
      return 'us-iso-east-1';
    case 'aws-iso-b':
      return 'us-isob-east-1';
    default:
      return 'us-east-1';
  }
}
