import { type PrincipalAccess, resolveReasons } from '../access-matrix.ts';
import type { AccessRow } from '../access-row.ts';
import { members } from '../bit-set.ts';
import type { Repository } from '../snapshot/model.ts';

/** Folded access cell by cell: the registries of a principal by region, then the repositories by ARN. */
export function* expandRows(
  access: Iterable<PrincipalAccess>,
  repositories: readonly Repository[],
): Generator<AccessRow> {
  for (const { principal, registries, repositories: blocks } of access) {
    for (const { accountId, region, profile } of registries) {
      const cell = { principalArn: principal.arn, repositoryArn: null };
      for (const [action, answer] of profile.answers) {
        const reasons = resolveReasons(answer.reasons, cell);
        yield { principal, accountId, region, resource: '*', action, ...answer, reasons };
      }
    }
    const places = blocks
      .flatMap(({ set, profile }) => [...members(set)].map((index) => ({ index, profile })))
      .toSorted((a, b) => a.index - b.index);
    for (const { index, profile } of places) {
      const repository = repositories[index];
      if (repository === undefined) {
        continue;
      }
      const { accountId, region, arn: resource } = repository;
      for (const [action, answer] of profile.answers) {
        const reasons = resolveReasons(answer.reasons, { principalArn: principal.arn, repositoryArn: resource });
        yield { principal, accountId, region, resource, action, ...answer, reasons };
      }
    }
  }
}
