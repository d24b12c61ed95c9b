import {
  type AccessProfile,
  type AccessRow,
  and,
  assembleSnapshot,
  type BitSet,
  evaluateSnapshot,
  type EvaluationResult,
  isEmpty,
  members,
  type PrincipalAccess,
  resolveReasons,
  type Snapshot,
} from '@ecr-audit/access';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { organizationPlan } from './arbitrary/organization.ts';
import { compareRows } from './compare/compare-rows.ts';
import { snapshotParts } from './render/snapshot-parts.ts';

const RUNS = { numRuns: 60, seed: 20261122 };

/** Checks the matrix of each of many organizations, with and without its denied cells. */
function forEachMatrix(
  check: (access: readonly PrincipalAccess[], result: EvaluationResult, snapshot: Snapshot) => void,
) {
  fc.assert(
    fc.property(organizationPlan, fc.boolean(), (plan, includeDenied) => {
      const snapshot = assembleSnapshot(snapshotParts(plan));
      const result = evaluateSnapshot(snapshot, { includeDenied });
      check([...result.access], result, snapshot);
    }),
    RUNS,
  );
}

/** The rows that a matrix stands for. */
function expand(access: readonly PrincipalAccess[], { repositories }: EvaluationResult): AccessRow[] {
  return access.flatMap(({ principal, repositories: blocks, registries }) => [
    ...registries.flatMap(({ accountId, region, profile }) =>
      [...profile.answers].map(([action, answer]): AccessRow => ({
        ...answer,
        principal,
        accountId,
        region,
        resource: '*',
        action,
        reasons: resolveReasons(answer.reasons, { principalArn: principal.arn, repositoryArn: null }),
      })),
    ),
    ...repositories.flatMap(({ arn, accountId, region }, index) =>
      blocks
        .filter(({ set }) => [...members(set)].includes(index))
        .flatMap(({ profile }) =>
          [...profile.answers].map(([action, answer]): AccessRow => ({
            ...answer,
            principal,
            accountId,
            region,
            resource: arn,
            action,
            reasons: resolveReasons(answer.reasons, { principalArn: principal.arn, repositoryArn: arn }),
          })),
        ),
    ),
  ]);
}

/** Objects that say the same and are not the same object. */
function twins(values: Iterable<object>): string[] {
  const byContent = new Map<string, object>();
  return [...new Set(values)].flatMap((value) => {
    const content = JSON.stringify(value, (_, part: unknown) => (part instanceof Map ? [...part] : part));
    const known = byContent.get(content) ?? value;
    byContent.set(content, known);
    return known === value ? [] : [content];
  });
}

function profilesOf(access: readonly PrincipalAccess[]): AccessProfile[] {
  return access.flatMap(({ repositories, registries }) =>
    [...repositories, ...registries].map(({ profile }) => profile),
  );
}

function setsOf(access: readonly PrincipalAccess[]): BitSet[] {
  return access.flatMap(({ repositories }) => repositories.map(({ set }) => set));
}

describe('the access matrix of a generated organization', () => {
  test('has one entry for each principal, in their order', () => {
    forEachMatrix((access, { principals }) => {
      expect(access.map(({ principal }) => principal)).toEqual(principals);
    });
  });

  test('holds the same cells as the rows, with the reasons of each put in', () => {
    fc.assert(
      fc.property(organizationPlan, fc.boolean(), (plan, includeDenied) => {
        const snapshot = assembleSnapshot(snapshotParts(plan));
        const result = evaluateSnapshot(snapshot, { includeDenied });
        const { mismatches } = compareRows(
          expand([...result.access], result),
          evaluateSnapshot(snapshot, { includeDenied }).rows,
        );
        expect(mismatches).toEqual([]);
      }),
      RUNS,
    );
  });

  test('has sets of one length that share no repository and are never empty', () => {
    forEachMatrix((access, { repositories }) => {
      expect(new Set(setsOf(access).map(({ length }) => length)).size).toBeLessThanOrEqual(1);
      for (const sets of access.map((each) => each.repositories.map(({ set }) => set))) {
        expect(sets.filter(isEmpty)).toEqual([]);
        const overlaps = sets.filter((set, index) =>
          sets.some((other, at) => at !== index && !isEmpty(and(set, other))),
        );
        expect(overlaps).toEqual([]);
        expect(sets.flatMap((set) => [...members(set)]).filter((index) => repositories[index] === undefined)).toEqual(
          [],
        );
      }
    });
  });

  test('says the same once: equal sets, profiles and answers are one object', () => {
    forEachMatrix((access) => {
      expect(twins(setsOf(access))).toEqual([]);
      expect(twins(profilesOf(access))).toEqual([]);
      expect(twins(profilesOf(access).flatMap(({ answers }) => [...answers.values()]))).toEqual([]);
    });
  });

  test('names the registries of each account, and answers those of the principal alone', () => {
    forEachMatrix((access, { registries }, { accounts }) => {
      const read = [...accounts.values()].flatMap(({ id, regions }) =>
        [...regions.keys()].map((region) => `${id} ${region}`),
      );
      expect(registries.map(({ accountId, region }) => `${accountId} ${region}`).toSorted()).toEqual(read.toSorted());
      const foreign = access.filter(({ principal, registries: own }) =>
        own.some(({ accountId }) => accountId !== principal.accountId),
      );
      expect(foreign).toEqual([]);
    });
  });

  test('holds nothing that is denied where nobody asks for it', () => {
    fc.assert(
      fc.property(organizationPlan, (plan) => {
        const profiles = profilesOf([...evaluateSnapshot(assembleSnapshot(snapshotParts(plan))).access]);
        const denied = profiles
          .flatMap(({ answers }) => [...answers.values()])
          .filter(({ decision }) => decision === 'explicitDeny' || decision === 'implicitDeny');
        expect(denied).toEqual([]);
        expect(profiles.filter(({ answers }) => answers.size === 0)).toEqual([]);
      }),
      RUNS,
    );
  });
});
