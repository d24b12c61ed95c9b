import type { AccessProfile } from '../access-matrix.ts';
import { type AccessAnswer, isAccess } from '../answer.ts';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { CAPABILITIES, type CapabilityDefinition } from '../ecr/capabilities.ts';
import { type CellAnswer, combineCapability } from '../evaluate/answer-cell.ts';
import type { AnswerCatalogue } from './answer-catalogue.ts';
import type { ActionAnswers } from './questions.ts';

/** The answers about one block, with the number that stands for them. */
export interface NumberedAnswers {
  readonly number: number;
  readonly answers: ActionAnswers;
}

/** Makes profiles of which equal ones are one object. Null stands for one without any answer. */
export interface Profiles {
  /** `token` is the number of the answer about the token; null for callers that need none. */
  ofRepository(own: NumberedAnswers, token: number | null): AccessProfile | null;
  ofRegistry(own: NumberedAnswers): AccessProfile | null;
}

/** What answers look like to others, by their numbers in the catalogue: engines that share it share these. */
export type ShownAnswers = Map<number, AccessAnswer>;

/** Numbers of lists of answers mean the same in all engines of a run, so these have one; registries, which have no capabilities, another. */
export function createProfiles(
  catalogue: AnswerCatalogue,
  { includeDenied, shown }: { readonly includeDenied: boolean; readonly shown: ShownAnswers },
): Profiles {
  const profiles = new Map<string, AccessProfile | null>();
  const byAnswers = new Map<string, AccessProfile | null>();
  const capabilities = new Map<string, number>();

  /** Without the formula, which is for combining answers only. */
  const show = (number: number): AccessAnswer => {
    const known = shown.get(number);
    if (known !== undefined) {
      return known;
    }
    const { decision, residual, reasons, limits } = catalogue.valueOf(number);
    const answer = { decision, residual, reasons, limits };
    shown.set(number, answer);
    return answer;
  };

  const capabilityOf = (capability: CapabilityDefinition, answers: ActionAnswers, token: number | null): number => {
    // A conjunction of equal answers is what one of them says, so pull and push are often one.
    const needed = new Set(capability.actions.map((action) => answers.get(action) ?? 'none'));
    const key = `${capability.needs} ${capability.needsToken ? (token ?? 'free') : 'free'} ${[...needed].join(' ')}`;
    const known = capabilities.get(key);
    if (known !== undefined) {
      return known;
    }
    const cells = new Map<string, CellAnswer>();
    for (const action of capability.actions) {
      const number = answers.get(action);
      if (number !== undefined) {
        cells.set(action, catalogue.valueOf(number));
      }
    }
    const number = catalogue.of(combineCapability(capability, cells, token === null ? null : catalogue.valueOf(token)));
    capabilities.set(key, number);
    return number;
  };

  const profileOf = (
    place: 'repository' | 'registry',
    { number, answers }: NumberedAnswers,
    combined: readonly (readonly [string, number])[],
  ): AccessProfile | null => {
    const kept = combined.filter(([, each]) => includeDenied || isAccess(catalogue.valueOf(each)));
    const key = `${place} ${number} ${kept.map(([name, each]) => `${name} ${each}`).join(' ')}`;
    const known = profiles.get(key);
    if (known !== undefined) {
      return known;
    }
    const entries = [...inOrder(answers), ...kept];
    const shownEntries = entries.map(([name, each]): [string, AccessAnswer] => [name, show(each)]);
    const profile = entries.length === 0 ? null : { answers: new Map(shownEntries) };
    profiles.set(key, profile);
    return profile;
  };

  return {
    ofRepository(own, token) {
      const key = `${own.number} ${token ?? 'none'}`;
      const known = byAnswers.get(key);
      if (known !== undefined) {
        return known;
      }
      const combined = CAPABILITIES.map(
        (capability) => [capability.name, capabilityOf(capability, own.answers, token)] as const,
      );
      const profile = profileOf('repository', own, combined);
      byAnswers.set(key, profile);
      return profile;
    },
    ofRegistry: (own) => profileOf('registry', own, []),
  };
}

/** In the order of the list of actions. */
function inOrder(answers: ActionAnswers): (readonly [string, number])[] {
  return ECR_ACTIONS.flatMap(({ name }) => {
    const answer = answers.get(name);
    return answer === undefined ? [] : [[name, answer] as const];
  });
}
