import type { SnapshotPart } from '@ecr-audit/access';
import { createAwsSession, openAwsFleet } from '@ecr-audit/aws';
import type { AwsFleet, AwsFleetOptions, AwsSession, AwsSessionOptions } from '@ecr-audit/aws';
import { onTestFinished, vi } from 'vitest';

import { startFakeAws } from './start-fake-aws.ts';
import type { FakeAws, FakeAwsSettings } from './start-fake-aws.ts';

export const fixtureDirectory = new URL('fixture', import.meta.url).pathname;

export interface OpenFakeOptions extends Omit<FakeAwsSettings, 'port'> {
  readonly snapshotDir?: string;
  readonly parts?: readonly SnapshotPart[];
  /** Account of the caller that the environment names. */
  readonly callerAccountId?: string;
}

/** Starts a fake for one test and puts its environment in place; both end with the test. */
export async function openFake(options: OpenFakeOptions = {}): Promise<FakeAws> {
  const { callerAccountId, snapshotDir = fixtureDirectory, parts, ...settings } = options;
  const fake = await startFakeAws({
    // The fixture's events are of November 2026, whatever the date of the test.
    clock: () => new Date('2026-11-09T06:00:00Z'),
    lookupEventsPerSecond: Number.POSITIVE_INFINITY,
    ...settings,
    ...(parts === undefined ? { snapshotDir } : { parts }),
  });
  useEnvironment(fake.environment(callerAccountId));
  onTestFinished(() => fake.close());
  return fake;
}

/** Puts AWS variables in place of all those of the machine, until the test ends. */
export function useEnvironment(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env).filter((name) => name.startsWith('AWS_'))) {
    vi.stubEnv(name, undefined);
  }
  const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  for (const [name, value] of Object.entries({ ...files, ...variables })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** No call waits for its turn. */
const unpaced = {
  lookupEventsPerSecond: Number.POSITIVE_INFINITY,
  rates: Object.fromEntries(
    ['sts', 'iam', 'ecr', 'organizations', 'account'].map((service) => [service, Number.POSITIVE_INFINITY]),
  ),
} as const;

/** Opens a session that waits neither for the LookupEvents limit nor long after throttling, and gives up after two attempts. */
export async function openSession(options: AwsSessionOptions = {}): Promise<AwsSession> {
  const session = await createAwsSession({
    attemptsMax: 2,
    throttledAttemptsMax: options.attemptsMax ?? 2,
    ...unpaced,
    ...options,
  });
  onTestFinished(() => {
    session.close();
  });
  return session;
}

/** Opens a fleet that gives up as soon as such a session does. */
export async function openFleet(options: AwsFleetOptions = {}): Promise<AwsFleet> {
  const fleet = await openAwsFleet({
    attemptsMax: 2,
    throttledAttemptsMax: options.attemptsMax ?? 2,
    ...unpaced,
    ...options,
  });
  onTestFinished(() => {
    fleet.close();
  });
  return fleet;
}

/** The window of the fixture and of the sample organization's first snapshot. */
export const fixtureWindow = { startTime: new Date('2026-08-11T06:00:00Z'), endTime: new Date('2026-11-09T05:45:00Z') };
