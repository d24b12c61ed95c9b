import { runProgram } from './program.ts';

// Help is written before a command has an output of its own. Whoever reads it through `head` wants no more of it.
process.stdout.on('error', (error: Error) => {
  if (!('code' in error) || error.code !== 'EPIPE') {
    throw error;
  }
});

await runProgram(process.argv.slice(2));
