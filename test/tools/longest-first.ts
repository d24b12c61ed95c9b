import { BaseSequencer, type TestSpecification } from 'vitest/node';

// From 30 to 130 s alone on two cores, longest first. One of them begun last would keep the whole run waiting.
const longest = [
  'test/fleet/unread.test.ts',
  'test/differential/differential.test.ts',
  'test/fleet/disturbed.test.ts',
  'test/system/same-export.test.ts',
  'test/fleet/kill.test.ts',
  'test/organization/command-line.test.ts',
  'test/jobs/whole-flow.test.ts',
  'test/doctor/doctor-command.test.ts',
  'test/jobs/postgres-restart.test.ts',
  'test/system/bad-input.test.ts',
];

/** The longest test files first, then in the order of their names: the same on every machine, whatever ran before. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1)));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = longest.findIndex((path) => moduleId.endsWith(`/${path}`));
  return place === -1 ? longest.length : place;
}
