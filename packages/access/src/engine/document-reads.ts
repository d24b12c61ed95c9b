import type { ApplicationList, Applications } from './applications.ts';
import type { CallerView } from './caller-view.ts';
import type { PlacedStatement } from './placed-statement.ts';
import { createSequences, step } from './sequences.ts';

/** A document with what each of its statements comes to for a caller. */
export interface DocumentRead<Document> {
  /** The same for the same document with the same lists. */
  readonly number: number;
  readonly document: Document;
  readonly lists: readonly ApplicationList[];
}

type Placed = Pick<PlacedStatement, 'source' | 'scope'>;

/** Reads documents of one gate for callers. `placed` are the statements that matter, in their order. */
export function createDocumentReads<Document extends Placed>(
  documents: readonly Document[],
  applications: Applications,
  placed: (document: Document) => readonly PlacedStatement[],
): (document: Document, view: CallerView) => DocumentRead<Document> {
  const known = new Map(documents.map((each, index) => [each, { index, statements: placed(each) }]));
  const reads = createSequences<DocumentRead<Document>>();
  let count = 0;
  return (document, view) => {
    const own = known.get(document);
    if (own === undefined) {
      throw new Error('a document is read that is not among those of its gate');
    }
    const lists = own.statements.map((statement) => applications.of(statement, view));
    let node = step(reads, own.index);
    for (const { number } of lists) {
      node = step(node, number);
    }
    if (node.value === null) {
      node.value = { number: count, document, lists };
      count += 1;
    }
    return node.value;
  };
}
