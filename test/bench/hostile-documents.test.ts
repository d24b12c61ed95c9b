import { assembleSnapshot } from '@ecr-audit/access';
import { parsePolicyDocument } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';
import { hostileCases } from './hostile-documents.ts';
import { hostileSnapshot } from './hostile-snapshot.ts';

describe.each(Object.entries(hostileCases))('%s', (name, make) => {
  const length = (share: number): number => {
    const { identity, repository } = make(share);
    return (identity?.length ?? 0) + (repository?.length ?? 0);
  };

  test('is as long as its share says, and no longer than a document may be', () => {
    expect(length(1)).toBeLessThanOrEqual(1_000_000);
    expect(length(0.5) / length(1)).toBeCloseTo(0.5, 1);
    expect(length(0.25) / length(1)).toBeCloseTo(0.25, 1);
  });

  test('is refused for its nesting alone, so that the work that it makes is done', () => {
    const { identity, repository } = make(0.25);
    const documents = [
      ...(identity === null ? [] : [parsePolicyDocument(identity, 'identity')]),
      ...(repository === null ? [] : [parsePolicyDocument(repository, 'resource')]),
    ];
    expect(documents.map(({ kind }) => kind)).toEqual([name === 'deep nesting' ? 'unreadable' : 'readable']);
    const problems = documents.flatMap((document) => (document.kind === 'readable' ? document.value.problems : []));
    expect(problems).toEqual([]);
  });

  test('is carried by five roles or by five repositories of a snapshot that can be read', () => {
    const documents = make(0.25);
    const { parts, question } = hostileSnapshot(documents);
    const [account] = assembleSnapshot(parts).accounts.values();
    const region = [...(account?.regions.values() ?? [])].find(({ repositories }) =>
      [...(repositories?.values() ?? [])].some(({ arn }) => arn === question.resource),
    );
    const roles = account?.iam?.principals.filter(({ inlinePolicies }) =>
      inlinePolicies.some(({ policy }) => policy.endsWith('#inline:hostile')),
    );
    const repositories = [...(region?.repositories?.values() ?? [])].filter(
      (repository) => repository.policy.kind === 'policy' && repository.name.startsWith('aaa'),
    );
    expect({ roles: roles?.length, repositories: repositories.length }).toEqual(
      documents.identity === null ? { roles: 0, repositories: 5 } : { roles: 5, repositories: 0 },
    );
    const carriers = documents.identity === null ? [question.principal] : roles?.map(({ arn }) => arn);
    expect(carriers).toContain(question.principal);
  });
});
