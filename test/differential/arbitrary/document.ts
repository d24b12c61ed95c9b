import * as fc from 'fast-check';

import type { DocumentPlan } from '../plan.ts';
import { statement } from './statement.ts';
import { weighted } from './weighted.ts';

const version: fc.Arbitrary<unknown> = weighted(
  [8, fc.constant('2012-10-17')],
  [2, fc.constant('2008-10-17')],
  [1, fc.constant(undefined)],
);

/** Texts and values that are no policy document, or none that IAM would take. */
const NO_DOCUMENTS: readonly unknown[] = [
  'not json',
  '{"Version": "2012-10-17", "Version": "2008-10-17", "Statement": []}',
  { Version: '2020-01-01', Statement: [] },
  { Version: '2012-10-17' },
  { Version: '2012-10-17', Statement: [], Comment: 'a stray element' },
  7,
  [],
  '%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D',
];

/** Something that is allowed whatever else is generated, so that not all of it comes to nothing. */
const plainAllow = (hasPrincipal: boolean): unknown => ({
  Effect: 'Allow',
  ...(hasPrincipal ? { Principal: '*' } : {}),
  Action: 'ecr:*',
  ...(hasPrincipal ? {} : { Resource: '*' }),
});

interface DocumentOptions {
  readonly hasPrincipal: boolean;
  /** How many statements of ten deny. */
  readonly deny: number;
}

/** A policy document: usually one to three statements, now and then unreadable. */
export function documentPlan({ hasPrincipal, deny }: DocumentOptions): fc.Arbitrary<DocumentPlan> {
  const generated = fc.array(statement({ hasPrincipal, deny }), { minLength: 1, maxLength: 3 });
  const statements = weighted(
    [8, generated],
    [1, generated.map((list) => [plainAllow(hasPrincipal), ...list])],
    [1, fc.constant([plainAllow(hasPrincipal)])],
  );
  return weighted(
    [60, fc.record({ kind: fc.constant('statements' as const), version, statements })],
    [1, fc.constantFrom(...NO_DOCUMENTS).map((raw) => ({ kind: 'raw' as const, value: raw }))],
  );
}
