import {
  type Absence,
  count,
  members,
  type PrincipalSuggestion,
  repositoryCreations,
  type RepositorySuggestion,
  type Snapshot,
  suggestForPrincipal,
  suggestForRepository,
  type Suggestion,
  type SuggestionInput,
  type UsedRight,
} from '@ecr-audit/access';
import type { JobOf } from './report-jobs.ts';
import type { ScanReader } from './scan-reader.ts';
import { seenUse } from './use-input.ts';

/** A suggestion with its proof, or why there is none, as it is written out. */
export type SuggestionAnswer = Readonly<Record<string, unknown>> & { readonly kind: string };

/** The least policy that keeps what was used, with the proof. */
export async function suggestionAnswer(reader: ScanReader, job: JobOf<'suggestion'>): Promise<SuggestionAnswer> {
  const { snapshot, parts } = await reader.read(job.scanId);
  const input: SuggestionInput = {
    snapshot,
    createdMs: repositoryCreations(parts),
    ...(await seenUse(reader, job.scanId, job.period)),
    ...(job.capability === null ? {} : { capability: job.capability }),
  };
  return job.subject.kind === 'principal'
    ? ofPrincipal(suggestForPrincipal({ ...input, principalId: idOf(snapshot, job.subject.who) }))
    : ofRepository(suggestForRepository({ ...input, repositoryArn: job.subject.arn }));
}

/** The id of whoever has this ARN now; what is no ARN is an id. */
function idOf(snapshot: Snapshot, who: string): string {
  const principals = [...snapshot.accounts.values()].flatMap(({ iam }) => iam?.principals ?? []);
  return principals.find(({ arn }) => arn === who)?.id ?? who;
}

function ofPrincipal(suggestion: Suggestion<PrincipalSuggestion>): SuggestionAnswer {
  if (suggestion.kind !== 'suggested') {
    return whyNot(suggestion);
  }
  const { proof, basis, ...rest } = suggestion;
  return {
    ...rest,
    basis: basis.map(({ accountId, region, pull, push }) => ({
      accountId,
      region,
      pull: watched(pull),
      push: watched(push),
    })),
    proof: {
      kept: proof.kept.map(used),
      keptByOthers: proof.keptByOthers.map(used),
      deniedAlready: proof.deniedAlready.map(used),
      leftOut: proof.leftOut.map(used),
      removed: proof.removed.map(({ action, set, doubt }) => ({
        action,
        repositories: [...members(set)].map((index) => proof.repositories[index]?.arn ?? ''),
        count: count(set),
        notKnownBecause: doubt,
      })),
    },
  };
}

function ofRepository(suggestion: Suggestion<RepositorySuggestion>): SuggestionAnswer {
  if (suggestion.kind !== 'suggested') {
    return whyNot(suggestion);
  }
  const { proof } = suggestion;
  return {
    ...suggestion,
    proof: {
      kept: proof.kept.map(used),
      keptByOthers: proof.keptByOthers.map(used),
      deniedAlready: proof.deniedAlready.map(used),
      removed: proof.removed.map(({ doubt, ...rest }) => ({ ...rest, notKnownBecause: doubt })),
    },
  };
}

function whyNot(
  suggestion: Exclude<Suggestion<{ readonly kind: 'suggested' }>, { readonly kind: 'suggested' }>,
): SuggestionAnswer {
  return suggestion.kind === 'refused'
    ? { ...suggestion }
    : { kind: suggestion.kind, lost: suggestion.lost.map(used), gained: suggestion.gained };
}

function used({ lastMs, ...rest }: Pick<UsedRight, 'lastMs'>): object {
  return { ...rest, lastUsedAt: new Date(lastMs).toISOString() };
}

function watched(absence: Absence): object {
  return absence.kind === 'notKnown'
    ? { isWatched: false, reason: absence.reason }
    : {
        isWatched: true,
        from: new Date(absence.window.fromMs).toISOString(),
        until: new Date(absence.window.untilMs).toISOString(),
        confidence: absence.confidence,
      };
}
