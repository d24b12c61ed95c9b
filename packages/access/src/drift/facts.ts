import type { CollectionGap } from '../snapshot/gap.ts';
import type { NamedDocument } from '../snapshot/model.ts';
import type { DifferenceKind, UnknownConfiguration } from './configuration-difference.ts';

/** One fact that access rests on, as one snapshot has it. */
export interface Fact {
  readonly kind: DifferenceKind;
  readonly subjects: readonly string[];
  readonly policy: string | null;
  readonly content: FactContent;
  /** Asked where it differs alone: reading every policy for it was a third of comparing 10,000 principals. */
  readonly concernsEcr: () => boolean;
}

/** A document with what the evaluation reads of it (null for one that it does not read), or anything else in words. */
export type FactContent =
  | { readonly kind: 'document'; readonly document: unknown; readonly named: NamedDocument | null }
  | { readonly kind: 'text'; readonly text: string };

/** What is read in one go: either all its facts are known, or none. */
export interface FactSource {
  readonly what: UnknownConfiguration['what'];
  readonly accountId: string | null;
  readonly region: string | null;
  readonly resource: string | null;
  /** The source that lists what this one is about: where that was read and this one is missing, there is nothing. */
  readonly parent: string | null;
  /** Whether it is listed where it is in use alone, so that its absence says nothing. */
  readonly isListedInUse: boolean;
  /** By what they are about; null where they were not read. */
  readonly facts: ReadonlyMap<string, Fact> | null;
  /** Why they were not read. */
  readonly gap: CollectionGap | null;
}

/** By name. */
export type FactSources = Map<string, FactSource>;

/** A source with what most have. */
export function factSource(given: Pick<FactSource, 'what' | 'accountId' | 'facts'> & Partial<FactSource>): FactSource {
  return { region: null, resource: null, parent: null, isListedInUse: false, gap: null, ...given };
}

export function text(content: string): FactContent {
  return { kind: 'text', text: content };
}

export function always(): boolean {
  return true;
}
