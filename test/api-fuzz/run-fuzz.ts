import { Agent, request as httpRequest } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { answerProblems } from '../api-contract/harness/answer-problems.ts';
import { operationsOf, type PlacedOperation } from '../api-contract/harness/contract-document.ts';
import type { SampleServer } from '../api-contract/harness/sample-server.ts';
import { arbitraryRequest, type FuzzedRequest } from './arbitrary-request.ts';
import { type FuzzedAnswer, judgeAnswer } from './judge-answer.ts';

/** What a run asked, and what was wrong. */
export interface FuzzResult {
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  /** Each with the request, as it can be sent again. */
  readonly wrong: readonly string[];
}

// Enough that answers wait for one another, as they do in a service that is attacked.
const atOnce = 8;
const requestsPerRound = 8;
// These go through the whole organization, for up to a second each: with the others' share a run would do little else.
const slow: ReadonlySet<string> = new Set([
  'compareScans',
  'listDifferences',
  'reportOverPermission',
  'listPoliciesInVain',
  'suggestPolicy',
  'listPolicies',
  'listSeries',
]);
const wrongMax = 20;
const timeoutMs = 60_000;

/** Asks every operation in turn in hostile ways, until `isEnough` says so. The same seed asks the same. */
export async function runFuzz(
  server: SampleServer,
  options: { readonly seed: number; readonly isEnough: (requests: number) => boolean },
): Promise<FuzzResult> {
  const { seed, isEnough } = options;
  const operations = operationsOf(server.document);
  const problemsOf = answerProblems(server.document);
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const counts = { requests: 0, byStatus: new Map<string, number>(), byKind: new Map<string, number>() };
  const wrong: string[] = [];
  const one = async (request: FuzzedRequest): Promise<void> => {
    const answer = await send(server.url, request, agent);
    counts.requests += 1;
    add(counts.byStatus, String(answer.status));
    request.kinds.forEach((kind) => add(counts.byKind, kind));
    const problem = judgeAnswer(request, answer, problemsOf);
    if (problem !== null && wrong.length < wrongMax) {
      const { method, target, headers, body } = request;
      wrong.push(`${method} ${shown(target)} ${JSON.stringify(headers)} ${shown(body ?? '')}: ${problem}`);
    }
  };
  try {
    for (let round = 0; !isEnough(counts.requests) && wrong.length < wrongMax; round += 1) {
      const requests = operations.flatMap((placed, index) =>
        requestsOf(placed, seed + round * operations.length + index),
      );
      await inParallel(requests, one, () => isEnough(counts.requests));
    }
  } finally {
    agent.destroy();
  }
  return {
    requests: counts.requests,
    byStatus: sorted(counts.byStatus),
    byKind: sorted(counts.byKind),
    wrong,
  };
}

/** The counts in a line. */
export function fuzzText({ requests, byStatus, byKind, wrong }: FuzzResult): string {
  return `fuzz: ${requests} requests, ${wrong.length} wrong; answers: ${listed(byStatus)}; hostile in: ${listed(byKind)}\n`;
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function requestsOf(placed: PlacedOperation, seed: number): FuzzedRequest[] {
  return fc.sample(arbitraryRequest(placed), { seed, numRuns: slow.has(placed.id) ? 1 : requestsPerRound });
}

async function send(url: string, request: FuzzedRequest, agent: Agent): Promise<FuzzedAnswer> {
  const { method, target, headers, body } = request;
  const what = `${method} ${shown(target)} ${JSON.stringify(headers)} ${shown(body ?? '')}`;
  return await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    // By hand, because Node.js sends the body of a DELETE without saying how long it is.
    const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = {
      hostname,
      port,
      method,
      path: target,
      headers: { ...headers, ...length },
      agent,
      timeout: timeoutMs,
    };
    const sent = httpRequest(options, (response) => {
      readText(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        (error: unknown) => reject(new Error(`the answer broke off: ${what}`, { cause: error })),
      );
    });
    sent.on('timeout', () => sent.destroy(new Error(`not answered: ${what}`)));
    sent.on('error', (error) => reject(new Error(`failed: ${what}`, { cause: error })));
    sent.end(body ?? undefined);
  });
}

async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  isEnough: () => boolean,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && !isEnough()) {
      const item = items[next];
      next += 1;
      if (item !== undefined) {
        await work(item);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const shownMax = 400;

function shown(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax)}… (${text.length} characters)` : text;
}
