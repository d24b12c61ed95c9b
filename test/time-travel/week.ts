import type { SnapshotPart } from '@ecr-audit/access';
import type { Store } from '@ecr-audit/store';
import { writeScan } from '../api/harness/write-scan.ts';
import { expandOrganization } from '../conformance/expand.ts';

export const accountId = '111111111111';
const managementAccount = '999999999999';
export const registry = `arn:aws:ecr:eu-west-1:${accountId}:repository`;
const details = `accounts/${accountId}/account-authorization-details.json`;

/** When the scan of a day was taken: at six. */
export function scanOf(day: number): string {
  return `2026-11-0${day}T06:00:00.000Z`;
}

/** At noon of a day. */
export function noonOf(day: number): string {
  return `2026-11-0${day}T12:00:00.000Z`;
}

interface Statement {
  readonly [element: string]: string | Record<string, Record<string, string>>;
}

const everything: readonly Statement[] = [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }];
const inOffice: readonly Statement[] = [
  { ...everything[0], Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
];
const nothing: readonly Statement[] = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }];

/**
 * A week of alice, who holds everything on all days that could be read: IAM was not on the 3rd. bob holds everything on the
 * 1st, in the office only from the 2nd on, nothing on the 5th, and on the 6th he is gone. `late` is a repository of the 6th.
 */
const days: readonly {
  readonly bob: readonly Statement[] | null;
  readonly isRead: boolean;
  readonly hasLate: boolean;
}[] = [
  { bob: everything, isRead: true, hasLate: false },
  { bob: inOffice, isRead: true, hasLate: false },
  { bob: inOffice, isRead: false, hasLate: false },
  { bob: inOffice, isRead: true, hasLate: false },
  { bob: nothing, isRead: true, hasLate: false },
  { bob: null, isRead: true, hasLate: true },
];

function snapshotOf(day: number): readonly SnapshotPart[] {
  const { bob, isRead, hasLate } = days[day - 1] ?? { bob: null, isRead: true, hasLate: true };
  return expandOrganization({
    accounts: {
      // The organization has its management account in any case.
      [managementAccount]: {},
      [accountId]: {
        users: {
          alice: { policies: { all: [...everything] } },
          ...(bob === null ? {} : { bob: { policies: { all: [...bob] } } }),
        },
        repositories: { 'team/app': {}, ...(hasLate ? { late: {} } : {}) },
      },
    },
    raw: {
      'snapshot.json': { formatVersion: 1, takenAt: scanOf(day), partition: 'aws', gaps: [] },
      ...(isRead ? {} : { [details]: null }),
    },
  });
}

/** Writes the scans of the week, and returns their ids. */
export async function writeWeek(store: Store): Promise<string[]> {
  const ids: string[] = [];
  for (const day of days.keys()) {
    ids.push(await writeScan(store, snapshotOf(day + 1)));
  }
  return ids;
}
