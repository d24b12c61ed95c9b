import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const shownMax = 500;

/** Runs a line of a shell as it is written, with the address of `ecr-audit demo` replaced by another. Gives what it prints. */
export async function runLine(line: string, url: string): Promise<string> {
  const written = line.replaceAll(/(?:http:\/\/)?localhost:8080/g, url);
  const child = spawn('sh', ['-c', written], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, problems, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (code !== 0) {
    throw new Error(`\`${line}\` ended with ${String(code)}: ${problems}${output.slice(0, shownMax)}`);
  }
  return output;
}
