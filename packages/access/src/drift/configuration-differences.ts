import { parseArn } from '@ecr-audit/policy';
import { statementChanges } from '../carriers/statement-changes.ts';
import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import type { NamedDocument, Snapshot } from '../snapshot/model.ts';
import { type CanonicalDocument, canonicalDocument, documentKey } from './canonical-document.ts';
import type { ConfigurationDifference, DifferingStatement, UnknownConfiguration } from './configuration-difference.ts';
import type { Fact, FactSource, FactSources } from './facts.ts';
import { addIamFacts, comparedArns } from './iam-facts.ts';
import { addOrganizationFacts } from './organization-facts.ts';
import { type DeletedPrincipal, deletedPrincipals, withUniqueIds } from './principal-ids.ts';
import { addRegionFacts } from './region-facts.ts';

export interface ConfigurationDifferences {
  readonly differences: readonly ConfigurationDifference[];
  readonly notKnown: readonly UnknownConfiguration[];
}

/**
 * Every fact that access rests on and that differs between two snapshots which both have read it. Another form of the same
 * document is no difference, and an ARN that AWS shows as a unique id is the deletion of that principal.
 *
 * @throws SnapshotFormatError where a file is malformed.
 */
export function configurationDifferences(
  before: SnapshotWithParts,
  after: SnapshotWithParts,
): ConfigurationDifferences {
  const [earlier, later] = [new Map<string, FactSource>(), new Map<string, FactSource>()];
  const arnOf = comparedArns(before.snapshot);
  addIamFacts({ ...before, sources: earlier }, { ...after, sources: later }, arnOf);
  for (const [sources, side] of [
    [earlier, before],
    [later, after],
  ] as const) {
    addRegionFacts(sources, side);
    addOrganizationFacts(sources, side);
  }
  const differences: ConfigurationDifference[] = [];
  const notKnown: UnknownConfiguration[] = [];
  const deleted = new Map<string, DeletedPrincipal>();
  for (const key of [...new Set([...earlier.keys(), ...later.keys()])].toSorted()) {
    const source = earlier.get(key) ?? later.get(key);
    if (source === undefined) {
      continue;
    }
    const [a, b] = [readIn(earlier, key, source), readIn(later, key, source)];
    if (a === 'elsewhere' || b === 'elsewhere') {
      continue;
    }
    if (a === null || b === null) {
      const unreadIn = b !== null ? 'before' : a !== null ? 'after' : 'both';
      const { what, accountId, region, resource } = source;
      const gap = (a === null ? earlier.get(key)?.gap : null) ?? (b === null ? later.get(key)?.gap : null) ?? null;
      notKnown.push({ what, accountId, region, resource, unreadIn, gap });
      continue;
    }
    if (source.isListedInUse && (a.size === 0 || b.size === 0)) {
      continue;
    }
    for (const fact of new Set([...a.keys(), ...b.keys()])) {
      const found = differenceOf(source, { before: a.get(fact), after: b.get(fact) }, before.snapshot);
      found.deleted.forEach((each) => deleted.set(each.arn, each));
      if (found.difference !== null) {
        differences.push(found.difference);
      }
    }
  }
  const told = new Set(differences.flatMap(({ kind, subjects }) => (kind === 'principal' ? subjects : [])));
  const gone = [...deleted.values()].map(goneDifference).filter(({ subjects: [subject = ''] }) => !told.has(subject));
  return { differences: [...differences, ...gone], notKnown };
}

/** Null where it was not read, and `elsewhere` where what lists it was not, which says so itself. */
function readIn(sources: FactSources, key: string, { parent }: FactSource): FactSource['facts'] | 'elsewhere' {
  const found = sources.get(key);
  if (found !== undefined) {
    return found.facts;
  }
  if (parent === null) {
    return null;
  }
  const list = sources.get(parent);
  return list === undefined || list.facts === null ? 'elsewhere' : NOTHING;
}

const NOTHING: ReadonlyMap<string, Fact> = new Map();

interface Found {
  readonly difference: ConfigurationDifference | null;
  readonly deleted: readonly DeletedPrincipal[];
}

const SAME: Found = { difference: null, deleted: [] };

function differenceOf(
  source: FactSource,
  { before, after }: { readonly before: Fact | undefined; readonly after: Fact | undefined },
  earlier: Snapshot,
): Found {
  const fact = after ?? before;
  if (fact === undefined) {
    return SAME;
  }
  const { kind, policy } = fact;
  const { accountId, region } = source;
  const difference: ConfigurationDifference = {
    kind,
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    subjects: [...new Set([...(before?.subjects ?? []), ...(after?.subjects ?? [])])],
    accountId,
    region,
    policy,
    statements: [],
    before: null,
    after: null,
    concernsEcr: true,
  };
  const [a, b] = [before?.content ?? null, after?.content ?? null];
  if (a?.kind !== 'document' && b?.kind !== 'document') {
    const [from, to] = [a?.text ?? null, b?.text ?? null];
    if (from === to) {
      return SAME;
    }
    const concernsEcr = [before, after].some((each) => each?.concernsEcr() === true);
    return { difference: { ...difference, before: from, after: to, concernsEcr }, deleted: [] };
  }
  const written = { before: documentOf(a), after: documentOf(b) };
  if (written.before !== null && written.after !== null && isSameText(written.before, written.after)) {
    return SAME;
  }
  const sides = { before: canonicalOf(written.before), after: canonicalOf(written.after) };
  const deleted =
    sides.before === null || sides.after === null ? [] : deletedPrincipals(sides.before, sides.after, earlier);
  const renamed = sides.before === null ? null : withUniqueIds(sides.before, deleted);
  const [from, to] = [renamed, sides.after].map((side) => (side === null ? null : documentKey(side)));
  if (from === to) {
    return { difference: null, deleted };
  }
  if (kind === 'trust') {
    return { difference: { ...difference, before: from ?? null, after: to ?? null }, deleted };
  }
  const { statements, isWhole } = differingStatements(
    { document: renamed, named: namedOf(a) },
    { document: sides.after, named: namedOf(b) },
  );
  return { difference: { ...difference, statements, concernsEcr: statements.length > 0 || !isWhole }, deleted };
}

interface Side {
  readonly document: CanonicalDocument | null;
  readonly named: NamedDocument | null;
}

function differingStatements(
  before: Side,
  after: Side,
): { readonly statements: readonly DifferingStatement[]; readonly isWhole: boolean } {
  const versionOf = ({ document, named }: Side): Parameters<typeof statementChanges>[0] =>
    document === null || named === null ? null : { document: document.document, named };
  const { added, removed, isWhole } = statementChanges(versionOf(before), versionOf(after));
  const statements = [
    ...removed.map((each): DifferingStatement => ({
      ...each,
      change: 'removed',
      statement: before.document?.writtenOf(each.statement) ?? each.statement,
    })),
    ...added.map((each): DifferingStatement => ({
      ...each,
      change: 'added',
      statement: after.document?.writtenOf(each.statement) ?? each.statement,
    })),
  ];
  return { statements, isWhole };
}

function documentOf(content: Fact['content'] | null): { readonly document: unknown } | null {
  return content?.kind === 'document' ? content : null;
}

function namedOf(content: Fact['content'] | null): NamedDocument | null {
  return content?.kind === 'document' ? content.named : null;
}

/** Most are: their form need not be worked out. */
function isSameText(a: { readonly document: unknown }, b: { readonly document: unknown }): boolean {
  return a.document === b.document || JSON.stringify(a.document) === JSON.stringify(b.document);
}

function canonicalOf(written: { readonly document: unknown } | null): CanonicalDocument | null {
  return written === null ? null : canonicalDocument(written.document);
}

/** That of an account that was not read: the policy that shows its id is what tells. */
function goneDifference({ arn, id }: DeletedPrincipal): ConfigurationDifference {
  const { accountId = '', resource = '' } = parseArn(arn) ?? {};
  const [kind = ''] = resource.split('/');
  return {
    kind: 'principal',
    change: 'removed',
    subjects: [`${kind}:${accountId}/${resource.split('/').at(-1) ?? ''}`],
    accountId,
    region: null,
    policy: null,
    statements: [],
    before: `${arn} ${id}`,
    after: null,
    concernsEcr: true,
  };
}
