import { expect, test } from 'vitest';
import { policiesOptionsSchema, refusePoliciesMixture } from './policies-options.ts';

function refuse(given: object): () => void {
  const options = policiesOptionsSchema.parse({ by: 'ecr', format: 'table', ...given });
  return () => refusePoliciesMixture(options);
}

test.each([
  [{ changed: true, snapshot: 'x' }, /`--snapshot` together with `--changed`/],
  [{ changed: true, policies: 'x' }, /`--policies` together with `--changed`/],
  [{ changed: true, live: true }, /`--live` together with `--changed`/],
  [{ from: 'x' }, /`--from` without `--changed`/],
  [{ to: 'x', snapshot: 'y' }, /`--to` without `--changed`/],
  [{ cache: 'x' }, /`--cache` without `--live`/],
  [{ profile: 'x', policies: 'y' }, /`--profile` without `--live`/],
  [{ regions: 'eu-west-1', changed: true }, /`--regions` without `--live`/],
  [{ live: true, policies: 'x' }, /`--policies` together with `--live`/],
])('options that say nothing beside each other are refused: %j', (given, expected) => {
  expect(refuse(given)).toThrow(expected);
});

test.each([
  {},
  { snapshot: 'x', policies: 'y' },
  { live: true, snapshot: 'x', cache: 'y', profile: 'z' },
  { changed: true, from: 'x', to: 'y', all: true },
  { changed: true, target: 'account:111122223333' },
])('and others are taken: %j', (given) => {
  expect(refuse(given)).not.toThrow();
});
