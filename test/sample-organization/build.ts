import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleOrganization } from './sample-organization.ts';

const directory = fileURLToPath(new URL('../../services/cli/sample-organization/', import.meta.url));

// The points in time are the only folders there: each is written anew, so that nothing of an older build remains.
for (const entry of await readdir(directory, { withFileTypes: true })) {
  if (entry.isDirectory()) {
    await rm(join(directory, entry.name), { recursive: true });
  }
}
const files = sampleOrganization();
for (const file of files) {
  const path = join(directory, file.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.content);
}
const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.content), 0);
process.stdout.write(`${files.length} files, ${bytes} bytes\n`);
