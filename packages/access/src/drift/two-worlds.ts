import { createComparison } from '../rehearsal/compare-access.ts';
import { widening } from '../rehearsal/widening.ts';
import { accessIn, type ChangesOfPair, type Compared, withoutRegistries } from './changes-of-pairs.ts';
import { someRepositories } from './repository-pairs.ts';

/**
 * Compares two snapshots by an engine each: where an account came, went or moved, or other parts of the organization were read,
 * condition keys of callers and resources may come to something else, so that no engine does for both.
 */
export function changesInTwoWorlds({ kept, repositories, concerned }: Compared): ChangesOfPair {
  const some = someRepositories(repositories, concerned.repositories);
  const [everywhere, inSome] = [createComparison(repositories.all.length), createComparison(some.all.length)];
  const someBefore = kept.before.over(some.before);
  const someAfter = kept.after.over(some.after);
  const widen = widening(concerned.repositories, repositories.all.length);
  return (pair) => {
    if (concerned.isPrincipal(pair)) {
      return everywhere.changesOf(
        accessIn(kept.before, pair.before, repositories.ofBefore),
        accessIn(kept.after, pair.after, repositories.ofAfter),
      );
    }
    const [before, after] = [
      accessIn(someBefore, pair.before, some.ofBefore),
      accessIn(someAfter, pair.after, some.ofAfter),
    ];
    const changes = concerned.isRegistryOf(pair.after?.request.accountId ?? null)
      ? inSome.changesOf(before, after)
      : inSome.changesOf(withoutRegistries(before), withoutRegistries(after));
    return widen(changes);
  };
}
