import { type AccessAnswer, type AccessProfile, isAccess } from '@ecr-audit/access';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './content-ids.ts';

/** SHA-256 of contents without asking the database, so that what did not change costs no question. */
export interface ContentHashes {
  /** Null for a profile in which everything is denied. */
  ofProfile(profile: AccessProfile): string | null;
}

/** Shared contents are shared objects, so each is hashed once. */
export function contentHashes(): ContentHashes {
  const texts = new Map<object, string>();
  const textOf = (content: object): string => {
    const text = texts.get(content) ?? canonicalJson(content);
    texts.set(content, text);
    return text;
  };
  const hashes = new Map<object, string>();
  const hashOf = (list: readonly object[]): string => {
    // Lists of reasons are many, and made of the same few reasons.
    const hash = hashes.get(list) ?? sha256(list.map(textOf).join('\n'));
    hashes.set(list, hash);
    return hash;
  };
  const answers = new Map<AccessAnswer, string>();
  const ofAnswer = (answer: AccessAnswer): string => {
    const { decision, residual, reasons, limits } = answer;
    const hash =
      answers.get(answer) ??
      sha256([decision, residual === null ? '' : textOf(residual), hashOf(reasons), hashOf(limits)].join('\n'));
    answers.set(answer, hash);
    return hash;
  };
  const profiles = new Map<AccessProfile, { readonly hash: string | null }>();
  const ofProfile = (profile: AccessProfile): string | null => {
    const known = profiles.get(profile);
    if (known !== undefined) {
      return known.hash;
    }
    // Most actions share a few answers: a line for each action made texts ten times as long, and took twice the time.
    const actions = new Map<string, string>();
    for (const [action, answer] of profile.answers) {
      if (isAccess(answer)) {
        const answerHash = ofAnswer(answer);
        actions.set(answerHash, `${actions.get(answerHash) ?? ''} ${action}`);
      }
    }
    const lines = [...actions].map(([answerHash, names]) => `${answerHash}${names}`);
    const hash = lines.length === 0 ? null : sha256(lines.toSorted().join('\n'));
    profiles.set(profile, { hash });
    return hash;
  };
  return { ofProfile };
}
