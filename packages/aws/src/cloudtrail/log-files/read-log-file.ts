import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

import { RecordSplitter } from './record-splitter.ts';

// CloudTrail closes a file at some megabytes. One that unpacks to a gigabyte was made to fill a memory.
const unpackedBytesMax = 1024 * 1024 * 1024;

/** SHA-256 of a file in hex. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    hash.update(Buffer.from(chunk));
  }
  return hash.digest('hex');
}

/** The texts of the records of a log file, as they are unpacked. Throws where the file is no log file to its end. */
export async function* recordsOfFile(path: string): AsyncGenerator<readonly string[]> {
  const file = createReadStream(path);
  const unpacked = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // `pipe` does not pass errors on.
  file.on('error', (error) => unpacked.destroy(error));
  const splitter = new RecordSplitter();
  let bytes = 0;
  try {
    for await (const data of unpacked) {
      const chunk = Buffer.from(data);
      bytes += chunk.length;
      if (bytes > unpackedBytesMax) {
        throw new RangeError(`the file unpacks to more than ${unpackedBytesMax} bytes`);
      }
      const records = splitter.add(chunk);
      if (records.length > 0) {
        yield records;
      }
    }
    splitter.end();
  } finally {
    file.destroy();
  }
}
