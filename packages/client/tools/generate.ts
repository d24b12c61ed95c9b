import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles } from './generated-files.ts';

// Writes `src/generated` anew, from the document as the repository keeps it.

const root = path.join(import.meta.dirname, '..');
const document = readFileSync(path.join(root, '../../services/api/openapi.json'), 'utf8');
for (const [name, text] of await generatedFiles(document)) {
  writeFileSync(path.join(root, 'src/generated', name), text);
}
