import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { generatedFiles } from '../tools/generated-files.ts';

it('is generated from the document that the repository keeps: `pnpm openapi:write` brings it up to date', async () => {
  const root = path.join(import.meta.dirname, '..');
  const document = readFileSync(path.join(root, '../../services/api/openapi.json'), 'utf8');
  for (const [name, text] of await generatedFiles(document)) {
    expect([name, readFileSync(path.join(root, 'src/generated', name), 'utf8') === text]).toEqual([name, true]);
  }
});
