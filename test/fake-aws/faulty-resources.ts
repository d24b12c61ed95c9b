import { z } from 'zod';

/** The values of a request that a fault may name as its resource: a repository's ARN first, then what is given. */
export function resourcesOf(
  input: unknown,
  at: { readonly accountId: string; readonly region: string; readonly partition: string },
): readonly string[] {
  const request = z.record(z.string(), z.unknown()).catch({}).parse(input);
  const { repositoryName } = request;
  const attributes = z
    .array(z.object({ AttributeValue: z.string() }))
    .catch([])
    .parse(request['LookupAttributes']);
  return [
    ...(typeof repositoryName === 'string'
      ? [`arn:${at.partition}:ecr:${at.region}:${at.accountId}:repository/${repositoryName}`]
      : []),
    ...Object.values(request).filter((value) => typeof value === 'string'),
    ...attributes.map((attribute) => attribute.AttributeValue),
  ];
}
