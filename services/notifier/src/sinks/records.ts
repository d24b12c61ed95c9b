import { findFindingStates, messagesThatTold, type Sql, type ToldMessage } from '@ecr-audit/store';
import { type Standing, standingOf } from './standing.ts';

/** What the database knows beside a message. */
export interface Records {
  /** How these findings stand now; those that are not kept are not there. */
  standings(fingerprints: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** The alerts that told this sink of them before, the oldest first. */
  toldBefore(fingerprints: readonly string[]): Promise<readonly ToldMessage[]>;
}

export const noRecords: Records = {
  standings: async () => await Promise.resolve(new Map()),
  toldBefore: async () => await Promise.resolve([]),
};

// A finding that comes and goes every day would else have a year of messages edited each time. Older ones say of which time
// they are: each was edited when the finding was told again.
const messagesPerFindingMax = 5;

/** What is known of the findings of one target, and of what one sink told. */
export function recordsOf(
  sql: Sql,
  { sink, targetKey }: { readonly sink: string; readonly targetKey: string },
): Records {
  return {
    standings: async (fingerprints) => {
      const found = await asked(findFindingStates(sql, fingerprints, targetKey));
      return new Map(found.map((each) => [each.state.finding.fingerprint, standingOf(each)]));
    },
    toldBefore: async (fingerprints) =>
      await asked(messagesThatTold(sql, { sink, targetKey, fingerprints, perFindingMax: messagesPerFindingMax })),
  };
}

/** The database could not be asked: no fault of the receiver, and nothing is kept of the attempt. */
export class RecordsUnavailableError extends Error {
  override readonly name = 'RecordsUnavailableError';
}

async function asked<Answer>(question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    throw new RecordsUnavailableError('cannot read what was told before', { cause: error });
  }
}
