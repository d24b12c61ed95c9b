import type { Applications } from './applications.ts';
import type { CallerView } from './caller-view.ts';
import { documentsByCaller, outsideView } from './concerning-documents.ts';
import { RESOURCE } from './contribution.ts';
import type { DocumentRead } from './document-reads.ts';
import { type KeyedReads, keyedReads } from './keyed-documents.ts';
import type { Likeness } from './likeness.ts';
import type { PlacedStatement } from './placed-statement.ts';
import { remember } from './remember.ts';
import type { ResourceDocument } from './resource-documents.ts';

export type TargetRead = DocumentRead<ResourceDocument>;
export type ReadDocument = (document: ResourceDocument, view: CallerView) => TargetRead;

export function placedStatements({ source, columns, scope }: ResourceDocument): PlacedStatement[] {
  return source.statements.map((statement) => ({ gate: RESOURCE, source, statement, columns, scope }));
}

/** What documents come to for the callers of one likeness: one list for all callers of whom the same is known. */
type ReadsByLikeness = (likeness: Likeness) => KeyedReads<TargetRead>;

/** What is said of everyone is read once for all accounts. */
export function createReadsByLikeness(
  documents: readonly ResourceDocument[],
  applications: Applications,
  read: ReadDocument,
): ReadsByLikeness {
  const byCaller = documentsByCaller(documents);
  const shared = keyedReads(byCaller.shared, read);
  const ofLikeness = remember(({ view: someone }: Likeness): KeyedReads<TargetRead> => {
    const documentsOfOwn = byCaller.ownOf(someone);
    const own = keyedReads(
      documentsOfOwn.filter(({ source }) => source.statements.some((each) => applications.concerns(each, someone))),
      read,
    );
    // Who is known by more than its ARN may be named by any document.
    if (someone.likeness === null) {
      return own;
    }
    const replaced = new Set(documentsOfOwn);
    const joined = new Map<readonly TargetRead[], Map<readonly TargetRead[], readonly TargetRead[]>>();
    return (view) => {
      const others = shared(outsideView(view));
      const ours = own(view);
      const known = joined.get(others) ?? new Map<readonly TargetRead[], readonly TargetRead[]>();
      joined.set(others, known);
      const all = known.get(ours) ?? [...others.filter(({ document }) => !replaced.has(document)), ...ours];
      known.set(ours, all);
      return all;
    };
  });
  return (likeness) => ofLikeness(likeness.key, likeness);
}
