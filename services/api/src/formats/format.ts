import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import type { ApiEnvironment } from '../api-environment.ts';
import { Problem } from '../http/problem.ts';

export const formats = ['json', 'csv', 'ndjson'] as const;

/** How a list is written. */
export type Format = (typeof formats)[number];

/** With the charset where it matters: of JSON it is always UTF-8. */
export const mediaTypes: Readonly<Record<Format, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
};

const formatsByType: Readonly<Record<string, Format>> = {
  'application/json': 'json',
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
};

/** The format that is wanted: of the parameter, else of `Accept`. JSON where either leaves the choice. Throws `notAcceptable`. */
export function wantedFormat(context: Context<ApiEnvironment>, format: Format | undefined): Format {
  if (format !== undefined) {
    return format;
  }
  const type = accepts(context, {
    header: 'Accept',
    supports: Object.keys(formatsByType),
    default: 'none',
    match: (accepted, { supports }) => {
      const wanted = accepted.filter(({ q }) => q > 0).toSorted((a, b) => b.q - a.q);
      for (const { type: given } of wanted) {
        const found = supports.find((each) => each === given.toLowerCase() || isWithin(each, given));
        if (found !== undefined) {
          return found;
        }
      }
      return wanted.length === 0 && context.req.header('accept') === undefined ? 'application/json' : 'none';
    },
  });
  const found = context.req.header('accept') === undefined ? 'json' : formatsByType[type];
  if (found === undefined) {
    throw new Problem(
      'notAcceptable',
      'expected `application/json`, `text/csv` or `application/x-ndjson` in the header `Accept`, or `format` in the query',
    );
  }
  return found;
}

function isWithin(type: string, range: string): boolean {
  return range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}
