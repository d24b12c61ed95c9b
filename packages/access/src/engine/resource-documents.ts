import type { PrincipalElement } from '@ecr-audit/policy';
import { add, bitSet, type BitSet, isEmpty, keyOf } from '../bit-set.ts';
import { resourcePolicies } from '../evaluate/resource-gate.ts';
import type { LimitCode } from '../evaluate/limits.ts';
import type { ActionColumn } from './action-columns.ts';
import type { EngineSource, SourceCatalogue } from './source-catalogue.ts';
import type { World } from './world.ts';

/** A policy of resources, with all the targets that have it. */
export interface ResourceDocument {
  readonly source: EngineSource;
  readonly scope: BitSet;
  /** In which columns it has a say. */
  readonly columns: number;
  /** Whether it can tell two principals of one kind and account apart without naming them. */
  readonly isKeyed: boolean;
}

/** The resource policies of a world. */
export interface ResourceDocuments {
  /** Of repositories. Their scopes do not meet. */
  readonly repository: readonly ResourceDocument[];
  /** Of registries, likewise. */
  readonly registry: readonly ResourceDocument[];
  /** Those that name a principal: by ARN, unique id, service or provider. */
  readonly naming: ReadonlyMap<string, readonly ResourceDocument[]>;
  /** By index of the target, then by place of the column. */
  readonly unread: readonly (readonly ResourceUnread[])[];
}

export interface ResourceUnread {
  readonly names: readonly string[];
  readonly hasUnreadableDocument: boolean;
  readonly limits: readonly LimitCode[];
}

export function resourceDocuments(
  world: World,
  columns: readonly ActionColumn[],
  sources: SourceCatalogue,
): ResourceDocuments {
  const scopes = new Map<EngineSource, BitSet[]>();
  const unread = world.targets.map((target, index) =>
    columns.map((column, place): ResourceUnread => {
      const limits: LimitCode[] = [];
      const snapshot = world.snapshotAt(index);
      const policies = resourcePolicies({ snapshot, target, action: column.actions[0] }, limits);
      const owner = { principalArn: null, repositoryArn: target.resource };
      const read = policies.sources.map((source) => sources.sourceOf(source, owner));
      for (const source of read) {
        const byColumn = scopes.get(source) ?? columns.map(() => bitSet(world.targets.length));
        scopes.set(source, byColumn);
        add(byColumn[place] ?? world.none, index);
      }
      const unreadable = read.flatMap((source) => source.unreadable ?? []);
      return { names: [...policies.unread, ...unreadable], hasUnreadableDocument: unreadable.length > 0, limits };
    }),
  );
  const documents = [...scopes].flatMap(([source, byColumn]) => documentsOf(source, byColumn, columns));
  return {
    repository: documents.filter(({ source }) => source.policyType === 'repository'),
    registry: documents.filter(({ source }) => source.policyType === 'registry'),
    naming: namingIndex(documents),
    unread,
  };
}

/** One document for all the columns in which the source has a say over the same targets. */
function documentsOf(
  source: EngineSource,
  byColumn: readonly BitSet[],
  columns: readonly ActionColumn[],
): ResourceDocument[] {
  const groups = Map.groupBy(byColumn.entries(), ([, scope]) => keyOf(scope));
  return [...groups.values()].flatMap((group): ResourceDocument[] => {
    const [first] = group;
    if (first === undefined || isEmpty(first[1])) {
      return [];
    }
    return [
      {
        source,
        scope: first[1],
        columns: group.reduce((bits, [place]) => bits | (1 << (columns[place]?.index ?? 0)), 0),
        isKeyed: source.statements.some(({ tellsPrincipalsApart }) => tellsPrincipalsApart),
      },
    ];
  });
}

function namingIndex(documents: readonly ResourceDocument[]): ReadonlyMap<string, readonly ResourceDocument[]> {
  const index = new Map<string, Set<ResourceDocument>>();
  for (const document of documents) {
    for (const { statement } of document.source.statements) {
      for (const name of statement.principal?.kind === 'readable' ? namesIn(statement.principal.value) : []) {
        index.set(name, (index.get(name) ?? new Set()).add(document));
      }
    }
  }
  return new Map([...index].map(([name, named]) => [name, [...named]]));
}

function namesIn({ entries }: PrincipalElement): string[] {
  return entries.flatMap((entry) => {
    switch (entry.kind) {
      case 'arn':
        return [entry.arn];
      case 'uniqueId':
        return [entry.id];
      case 'service':
        return [entry.name];
      case 'federated':
        return [entry.provider];
      case 'everyone':
      case 'account':
      case 'canonicalUser':
        return [];
    }
  });
}
