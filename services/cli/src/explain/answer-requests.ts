import { createReadStream } from 'node:fs';
import { answerRequest, type RequestAnswer, type Snapshot } from '@ecr-audit/access';
import type { ExplainOptions } from '../options/explain-options.ts';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { userPath } from '../terminal/paths.ts';
import { type Line, lineBytesMax, linesOf } from './lines.ts';

/** Answers a stream of requests, one line for one line, in order, no faster than the reader takes them. */
export async function answerRequests(
  context: CommandContext,
  options: ExplainOptions & { readonly requests: string },
): Promise<number> {
  const { requests } = options;
  // Opened first: a name that is wrong should not cost the time of reading a snapshot.
  const input = requests === '-' ? process.stdin : await openFile(userPath(requests), requests);
  const { snapshot } = await loadSnapshot(context, options);
  context.progress.clear();
  let blankLines = 0;
  for await (const line of linesOf(input)) {
    // A blank line at the end is none; only what follows it shows that it is not the end.
    if (line.kind === 'text' && line.text.trim() === '') {
      blankLines += 1;
      continue;
    }
    for (; blankLines > 0; blankLines -= 1) {
      await context.output.write(answerLine({ error: 'blank line: expected one JSON request' }));
    }
    await context.output.write(answerLine(answer(snapshot, line)));
  }
  for (; blankLines > 1; blankLines -= 1) {
    await context.output.write(answerLine({ error: 'blank line: expected one JSON request' }));
  }
  return exitCodes.done;
}

function answer(snapshot: Snapshot, line: Line): RequestAnswer {
  if (line.kind === 'tooLong') {
    return { error: `line too long: expected one JSON request of at most ${lineBytesMax} bytes` };
  }
  let request: unknown;
  try {
    // Some editors begin a file with a byte order mark.
    request = JSON.parse(line.text.startsWith('\uFEFF') ? line.text.slice(1) : line.text);
  } catch {
    return {
      ...readableId(line.text),
      error: 'not JSON: expected one request, `{"id": ..., "principal": ..., "action": ..., "resource": ...}`',
    };
  }
  return answerRequest(snapshot, request);
}

/** The id of a line that is cut off or otherwise damaged, where it stands at the front. */
function readableId(text: string): { readonly id?: string | number } {
  const found = /^\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.){0,200}"|-?\d{1,15})(?=\s*[,}])/.exec(text)?.[1];
  if (found === undefined) {
    return {};
  }
  try {
    const id: unknown = JSON.parse(found);
    return typeof id === 'string' || typeof id === 'number' ? { id } : {};
  } catch {
    return {};
  }
}

function answerLine(answered: RequestAnswer): string {
  return `${JSON.stringify(answered)}\n`;
}

async function openFile(path: string, shown: string): Promise<AsyncIterable<Uint8Array>> {
  const stream = createReadStream(path);
  await new Promise<void>((resolve, reject) => {
    stream.once('ready', resolve);
    stream.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new CliError(
          'inputUnreadable',
          `cannot read \`${shown}\`: ${reasonOf(error)}; expected a file of one JSON request a line, or \`-\``,
          { cause: error },
        ),
      ),
    );
  });
  return stream;
}

function reasonOf({ code }: NodeJS.ErrnoException): string {
  return code === 'ENOENT'
    ? 'it does not exist'
    : code === 'EISDIR'
      ? 'it is a directory'
      : code === 'EACCES'
        ? 'permission denied'
        : (code ?? 'it failed');
}
