import { expect, test } from 'vitest';
import { assembleRegion } from './assemble-region.ts';

test('a repository of another account, region or name than its place says is refused, naming the place', () => {
  const path = 'accounts/111122223333/eu-west-1/repositories.json';
  const assemble = (repositoryArn: string): unknown => {
    const content = JSON.stringify({ repositories: [{ repositoryArn, registryId: '1', repositoryName: 'team/app' }] });
    const files = new Map([['repositories.json', { path, content }]]);
    return assembleRegion({ accountId: '111122223333', region: 'eu-west-1', partition: 'aws', files, gaps: [] }, []);
  };
  for (const place of [
    'eu-west-1:999999999999:repository/team/app',
    'us-east-1:111122223333:repository/team/app',
    'eu-west-1:111122223333:repository/team/other',
  ]) {
    expect(() => assemble(`arn:aws:ecr:${place}`)).toThrow(
      `cannot read \`${path}\` at \`repositories[0].repositoryArn\`: expected the ARN of this repository in this account`,
    );
  }
  expect(() => assemble('arn:aws:ecr:eu-west-1:111122223333:repository/team/app')).not.toThrow();
});
