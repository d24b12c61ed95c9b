import { parseArgs } from 'node:util';
import { startSampleServer } from '../api-contract/harness/sample-server.ts';
import { fuzzText, runFuzz } from './run-fuzz.ts';

const help = `asks every operation of the API in hostile ways: node test/api-fuzz/main.ts [--seconds N] [--seed N]

  --seconds N  how long (default: 60)
  --seed N     the same seed asks the same (default: one of the clock, which is printed)
`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(help);
} else {
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  process.stdout.write(`seed ${seed}\n`);
  const server = await startSampleServer();
  try {
    const endMs = performance.now() + Number(values.seconds) * 1_000;
    const result = await runFuzz(server, { seed, isEnough: () => performance.now() > endMs });
    process.stdout.write(`${fuzzText(result)}${result.wrong.map((each) => `${each}\n`).join('')}`);
    process.exitCode = result.wrong.length === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}
