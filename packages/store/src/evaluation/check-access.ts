import { addAll, type BitSet, intersects, type PrincipalAccess } from '@ecr-audit/access';
import { checkIndexedText } from '../check-text.ts';
import { StoreError } from '../errors.ts';
import { registryKey } from './folded-access.ts';

export function checkSets({ principal, repositories }: PrincipalAccess, length: number): void {
  const words = Math.ceil(length / 32);
  const spare = length % 32 === 0 ? 0 : (0xff_ff_ff_ff << (length % 32)) >>> 0;
  const seen: BitSet = new Int32Array(words);
  for (const { set } of repositories) {
    if (set.length !== words || ((set[words - 1] ?? 0) & spare) !== 0) {
      throw inconsistent(
        `there is access of \`${principal.arn}\` to a repository that is not listed: expected sets over ${length} repositories`,
      );
    }
    if (intersects(seen, set)) {
      throw inconsistent(
        `there are two answers for \`${principal.arn}\` on one repository: expected sets that do not overlap`,
      );
    }
    addAll(seen, set);
  }
}

export function checkRegistries({ principal, registries }: PrincipalAccess, answered: ReadonlySet<string>): void {
  const seen = new Set<string>();
  for (const registry of registries) {
    const key = registryKey(registry);
    if (!answered.has(key) || seen.has(key)) {
      throw inconsistent(
        `there is access of \`${principal.arn}\` to registry \`${key}\`${seen.has(key) ? ' twice' : ''}: expected access once at most, to a registry that is listed`,
      );
    }
    seen.add(key);
    checkIndexedText(registry.accountId, 'the account of a registry');
    checkIndexedText(registry.region, 'the region of a registry');
  }
}

export function inconsistent(message: string): StoreError {
  return new StoreError('inconsistentEvaluation', message);
}
