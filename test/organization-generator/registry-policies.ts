import { allow, deny, policy, policyOf2008, rootArn } from '../sample-organization/documents.ts';
import type { PolicyDocument, Statement } from '../sample-organization/model.ts';
import type { Registry } from './model.ts';
import type { Random } from './random.ts';
import type { Place } from './scene.ts';

/** What stands on a whole registry: who may replicate into it, fill its cache, and what nobody may. */
export function registryPolicy(random: Random, place: Place, region: string): PolicyDocument {
  const { scene, account } = place;
  const below = (path: string): string => `arn:aws:ecr:${region}:${account.id}:repository/${path}`;
  const sources = random.some(
    scene.accounts.filter(({ id }) => id !== account.id),
    2,
  );
  const statements: Statement[] = [
    ...(sources.length === 0
      ? []
      : [
          allow({
            Sid: 'Replication',
            Principal: { AWS: sources.map(({ id }) => rootArn(id)) },
            Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
            Resource: below('*'),
          }),
        ]),
    allow({
      Sid: 'Cache',
      Principal: '*',
      Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
      Resource: below('docker-hub/*'),
      Condition: { StringEquals: { 'aws:PrincipalOrgID': scene.organizationId } },
    }),
    ...(random.chance(0.5)
      ? [
          deny({
            Sid: 'GoldenStays',
            Principal: '*',
            Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository', 'ecr:PutImage'],
            Resource: below('golden/*'),
            Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${account.id}:role/platform/*` } },
          }),
        ]
      : []),
  ];
  return random.chance(0.3) ? policyOf2008(...statements) : policy(...statements);
}

/** Images are copied to the account's other regions, and from the shared registry to where they run. */
export function replicationOf(random: Random, { scene, account }: Place, region: string): Registry['replicatesTo'] {
  const elsewhere = account.regions
    .filter((other) => other !== region)
    .map((other) => ({ region: other, registryId: account.id }));
  const others = scene.accounts
    .filter(({ kind }) => kind === 'production')
    .map(({ id }) => ({ region, registryId: id }));
  return [
    ...(random.chance(0.4) ? random.some(elsewhere, 1) : []),
    ...(account.kind === 'registry' ? random.some(others, 2) : []),
  ];
}
