import { existsSync, writeFileSync } from 'node:fs';
import { startTestApi } from '../api/harness/start-api.ts';
import { breakingChangesOf, isMajorStep } from './compare/compare-documents.ts';
import { documentSchema } from './harness/contract-document.ts';
import { answersFile, fileText, keptDocumentFile, readKeptDocument } from './harness/kept-document.ts';
import { recordAnswers } from './harness/record-answers.ts';
import { startSampleServer } from './harness/sample-server.ts';

// `pnpm openapi:write`: writes the document that the repository keeps anew, with answers recorded from a running service.
// It refuses what would break programs, unless the first number of the version says so.

const server = await startSampleServer();
try {
  writeFileSync(answersFile, fileText(await recordAnswers(server)));
} finally {
  await server.stop();
}

// The document holds the answers: it is that of a service which begins after they were written.
const described = await startTestApi();
try {
  const text: unknown = await (await described.api.request('/openapi.json')).json();
  const document = documentSchema.parse(text);
  const kept = existsSync(keptDocumentFile) ? readKeptDocument() : document;
  const breaking = breakingChangesOf(kept, document);
  if (breaking.length > 0 && !isMajorStep(kept.info.version, document.info.version)) {
    process.stderr.write(
      `not written, because programs would break:\n${breaking.map((each) => `  ${each}\n`).join('')}` +
        `Raise the first number of \`info.version\` in services/api/src/docs/describe-api.ts, or leave this as it was.\n`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(keptDocumentFile, fileText(text));
  }
} finally {
  await described.stop();
}
