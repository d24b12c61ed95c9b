import { assembleSnapshot, plainRehearsal, rehearse, type SnapshotPart } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { organizationPlan } from '../differential/arbitrary/organization.ts';
import { documentAt } from '../differential/render/document.ts';
import { snapshotFiles } from '../differential/render/snapshot-parts.ts';
import { changedFiles, type Files } from './changed-files.ts';
import { wronglyRehearsed } from './compare-with-reference.ts';
import { type ChangeWord, madeUpChange, pickBy } from './made-up-changes.ts';

/** What came of rehearsing one word of a change on many organizations. */
export interface RehearsedOrganizations {
  /** In which the change could be made. */
  readonly compared: number;
  /** In which it changed any access. */
  readonly changing: number;
  /** The first cells that are wrong, with the change; none where all is right. */
  readonly wrong: readonly string[];
}

const asked = fc.record({ plan: organizationPlan, numbers: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }) });

type Asked = typeof asked extends fc.Arbitrary<infer Each> ? Each : never;

// What is made up often says nothing about what the change is made to: these say something of everything.
const PLAIN = {
  identity: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }] },
  resource: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:*' }] },
};

/**
 * Rehearses changes of one kind on organizations of a seed until enough of them changed something, and compares each with
 * evaluating both sides by the reference evaluator. Nothing is made small: shrinking organizations takes minutes, and they are.
 */
export function runRehearsals(
  word: ChangeWord,
  { seed, changing: wanted, organizationsMax }: { seed: number; changing: number; organizationsMax: number },
): RehearsedOrganizations {
  let [compared, changing] = [0, 0];
  for (const { plan, numbers } of sampled(seed, organizationsMax)) {
    if (changing >= wanted) {
      break;
    }
    const files = snapshotFiles(plan);
    const [first = 0] = numbers;
    const documents =
      first % 3 === 0
        ? PLAIN
        : { identity: documentAt(plan.identityDocuments, first), resource: documentAt(plan.resourceDocuments, first) };
    const change = madeUpChange(word, { files, pick: pickBy(numbers), documents });
    const after = change === null ? null : changedFiles(files, change);
    if (change === null || after === null) {
      continue;
    }
    const result = rehearse(assembleSnapshot(partsOf(files)), { changes: [change] }, null);
    // What AWS would not take is refused; that is told of elsewhere.
    if (result.kind === 'refused') {
      continue;
    }
    const found = wronglyRehearsed(partsOf(files), partsOf(after), plainRehearsal(result.rehearsal));
    compared += 1;
    changing += found.changed > 0 ? 1 : 0;
    if (found.wrong.length > 0) {
      return { compared, changing, wrong: [JSON.stringify(change), ...found.wrong.slice(0, 3)] };
    }
  }
  return { compared, changing, wrong: [] };
}

/** In batches, since most kinds of change need few. */
function* sampled(seed: number, organizationsMax: number): Generator<Asked> {
  const batch = 20;
  for (let from = 0; from < organizationsMax; from += batch) {
    yield* fc.sample(asked, { seed: seed + from, numRuns: batch });
  }
}

function partsOf(files: Files): SnapshotPart[] {
  return [...files].map(([path, content]) => ({ path, content: JSON.stringify(content) }));
}
