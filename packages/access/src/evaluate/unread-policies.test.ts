import { expect, test } from 'vitest';

import { assembleSnapshot } from '../snapshot/assemble.ts';
import { evaluateSnapshot } from './evaluate-snapshot.ts';
import { type UnreadPolicy, unreadPoliciesOf } from './unread-policies.ts';

const A = '111122223333';
const REGION = `accounts/${A}/eu-west-1`;
const REPOSITORY = `arn:aws:ecr:eu-west-1:${A}:repository/app`;

const allow = { Effect: 'Allow', Principal: '*', Action: 'ecr:*' };

function textOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

interface Given {
  readonly registry?: string | null;
  readonly repository?: string;
  readonly gaps?: readonly object[];
  readonly more?: Readonly<Record<string, object>>;
}

function unreadOf({ registry = null, repository, gaps = [], more = {} }: Given): readonly UnreadPolicy[] {
  const files = {
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z', gaps },
    [`${REGION}/repositories.json`]: {
      repositories: [{ repositoryArn: REPOSITORY, registryId: A, repositoryName: 'app' }],
    },
    [`${REGION}/repository-policies.json`]:
      repository === undefined ? [] : [{ repositoryName: 'app', policyText: repository }],
    [`${REGION}/repository-tags.json`]: {},
    [`${REGION}/registry.json`]: { registryPolicy: registry },
    ...more,
  };
  const snapshot = assembleSnapshot(
    Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) })),
  );
  expect(evaluateSnapshot(snapshot).unreadPolicies).toEqual(unreadPoliciesOf(snapshot));
  return unreadPoliciesOf(snapshot);
}

const refused = { accountId: A, region: 'eu-west-1', resource: null, reason: 'accessDenied', message: 'denied' };
const place = { accountId: A, region: 'eu-west-1' };
const ofRepository = { ...place, repositoryArn: REPOSITORY };
const ofRegistry = { ...place, repositoryArn: null };

test.each<readonly [string, Given, readonly UnreadPolicy[]]>([
  ['none where there are no policies', {}, []],
  ['none that were read', { registry: textOf(allow), repository: textOf(allow) }, []],
  [
    'the repository policy that was refused',
    { gaps: [{ ...refused, source: 'ecr:GetRepositoryPolicy' }] },
    [ofRepository],
  ],
  ['the registry policy that was refused', { gaps: [{ ...refused, source: 'ecr:GetRegistryPolicy' }] }, [ofRegistry]],
  ['a document that is no JSON', { repository: '{' }, [ofRepository]],
  [
    'a document whose Principal cannot be read',
    { repository: textOf(allow, { ...allow, Principal: 7 }) },
    [ofRepository],
  ],
  ['both, the registry first', { registry: '{', repository: '{' }, [ofRegistry, ofRepository]],
  ['none whose Action cannot be read, which names somebody', { repository: textOf({ ...allow, Action: 7 }) }, []],
  [
    'those of a registry whose repositories were not listed: its own alone',
    { more: { [`accounts/${A}/us-east-1/registry.json`]: { registryPolicy: '{' } } },
    [{ accountId: A, region: 'us-east-1', repositoryArn: null }],
  ],
])('policies of which nobody knows whom they name: %s', (_, given, expected) => {
  expect(unreadOf(given)).toEqual(expected);
});
