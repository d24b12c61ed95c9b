import { operationsOf, type PlacedOperation } from './contract-document.ts';
import { runLine } from './run-shell.ts';
import type { SampleServer } from './sample-server.ts';
import { exampleIds } from './sample-scene.ts';

/** What the command of each operation is answered with, by operation and media type: short, and the same each time. */
export type RecordedAnswers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export async function recordAnswers({ url, document }: SampleServer): Promise<RecordedAnswers> {
  const recorded: Record<string, Record<string, unknown>> = {};
  // What takes something away comes last, so that all the others find it.
  const operations = operationsOf(document).toSorted(
    (a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'),
  );
  for (const placed of operations) {
    const answers: Record<string, unknown> = {};
    for (const type of Object.keys(placed.operation.responses['200']?.content ?? {})) {
      answers[type] = await recordAnswer(placed, type, url);
    }
    recorded[placed.id] = answers;
  }
  return Object.fromEntries(operationsOf(document).map(({ id }) => [id, recorded[id] ?? {}]));
}

async function recordAnswer({ id, operation }: PlacedOperation, type: string, url: string): Promise<unknown> {
  const [{ source }] = operation['x-codeSamples'];
  const text = withStableIds(await runLine(`${source} --fail-with-body -H 'accept: ${type}'`, url));
  switch (type) {
    case 'application/json': {
      const answer: unknown = JSON.parse(text);
      return shortened(id === 'getOpenApiDocument' ? withoutMost(answer) : answer);
    }
    case 'text/html':
      return text.split('\n', 1).join('');
    case 'application/x-ndjson':
      return `${text.split('\n', entriesMax).join('\n').trimEnd()}\n`;
    default:
      return text;
  }
}

// Two entries show that there are several.
const entriesMax = 2;

function shortened(value: unknown): unknown {
  return Array.isArray(value)
    ? value.slice(0, entriesMax).map(shortened)
    : isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each)]))
      : value;
}

/** The document would hold itself. */
function withoutMost(document: unknown): unknown {
  return isRecord(document) ? { openapi: document['openapi'], info: document['info'] } : document;
}

/** New ids are other ones each time, and so are the times at which the scans of a test run. */
function withStableIds(text: string): string {
  const known: readonly string[] = Object.values(exampleIds);
  return text
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) =>
      known.includes(id) ? id : '9d3e0c52-6a1b-4f7d-8e20-5b4c3a291807',
    )
    .replaceAll(/"(requestedAt|completedAt)":"[^"]+"/g, '"$1":"2026-11-16T06:05:00.000Z"');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
