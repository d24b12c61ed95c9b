import { AwsError } from './errors.ts';

// A thousand pages of a thousand items are far above what the quotas of one account allow, so only an endpoint that
// never ends its pages meets this bound.
const pagesMax = 1000;

/** Passes the pages on and throws `callFailed` when they do not end. */
export async function* boundedPages<T>(source: string, pages: AsyncIterable<T>): AsyncGenerator<T> {
  let count = 0;
  for await (const page of pages) {
    count += 1;
    if (count > pagesMax) {
      throw new AwsError('callFailed', `${source} did not end within ${pagesMax} pages`);
    }
    yield page;
  }
}
