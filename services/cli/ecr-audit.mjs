#!/usr/bin/env node
// Plain JavaScript that any Node.js can read: an older one stops at the first type of the program behind it, with a
// stack trace that helps nobody.
const majorMin = 24;
const major = Number.parseInt(process.versions.node, 10);
if (major < majorMin) {
  process.stderr.write(
    `ecr-audit: Node.js ${process.versions.node} is too old: expected ${majorMin} or newer; from a checkout, \`npx -y pnpm@12.21.0 ecr-audit COMMAND\` brings its own\n`,
  );
  process.exitCode = 2;
} else {
  await import('./src/main.ts');
}
