import type { CollectionGap } from '@ecr-audit/access';
import type { ApiCall } from '../activity/api-call.ts';
import { historyNotReadable, policyNotReadable } from '../gaps.ts';
import type { Account, Company, Region } from '../model.ts';
import { awsTime, eventTime } from '../times.ts';
import { authorizationDetails, type LastUse } from './authorization-details.ts';
import type { RecordedEvent } from './cloudtrail.ts';
import { registryFiles } from './ecr.ts';
import { identityProviders } from './identity-providers.ts';
import { jsonFile, sortedBy } from './json.ts';
import { organizationFile } from './organization.ts';

export interface SampleFile {
  /** Relative to the directory of the sample organization, with `/` between segments. */
  path: string;
  content: string;
}

/** The company at one time, and what a collection at that time could see of it. */
export interface Point {
  directory: string;
  takenAt: string;
  window: { from: string; to: string };
  company: Company;
  gaps: readonly CollectionGap[];
}

interface History {
  calls: readonly ApiCall[];
  events: readonly RecordedEvent[];
}

const regions: readonly Region[] = ['eu-west-1', 'us-east-1'];

/** The files of the snapshot directory of one point. */
export function snapshotFiles(point: Point, history: History): SampleFile[] {
  const { company, gaps, takenAt } = point;
  const lastUse = lastUseByRoleArn(history.calls, takenAt);
  return within(point.directory, [
    {
      path: 'snapshot.json',
      content: jsonFile({ formatVersion: 1, takenAt: eventTime(takenAt), partition: 'aws', gaps }),
    },
    { path: 'organization.json', content: jsonFile(organizationFile(company.organization)) },
    ...company.accounts.flatMap((account) =>
      within(`accounts/${account.id}`, [
        ...identityFiles(account, lastUse),
        ...regions.flatMap((region) => within(region, regionFiles({ account, region, point }, history.events))),
      ]),
    ),
  ]);
}

function within(directory: string, files: readonly SampleFile[]): SampleFile[] {
  return files.map(({ path, content }) => ({ path: `${directory}/${path}`, content }));
}

function identityFiles(account: Account, lastUse: ReadonlyMap<string, LastUse>): SampleFile[] {
  return [
    { path: 'account-authorization-details.json', content: jsonFile(authorizationDetails(account, lastUse)) },
    { path: 'identity-providers.json', content: jsonFile(identityProviders(account)) },
  ];
}

interface Place {
  account: Account;
  region: Region;
  point: Point;
}

function regionFiles(place: Place, events: readonly RecordedEvent[]): SampleFile[] {
  const { account, region, point } = place;
  const unreadable = point.gaps.flatMap((gap) => (gap.source === policyNotReadable.source ? [gap.resource ?? ''] : []));
  const files = registryFiles({ accountId: account.id, region }, account.registries[region], new Set(unreadable));
  const window = {
    startTime: eventTime(point.window.from),
    endTime: eventTime(point.window.to),
    complete: !isHistoryPartial(place),
  };
  const observed = events.filter(
    (event) => event.accountId === account.id && event.region === region && isObserved(event.at, point.window),
  );
  const lines = newestFirst(observed).map((event) => `${event.line}\n`);
  return [
    ...Object.entries(files).map(([path, value]) => ({ path, content: jsonFile(value) })),
    { path: 'cloudtrail-window.json', content: jsonFile(window) },
    { path: 'cloudtrail-events.ndjson', content: lines.join('') },
  ];
}

function isHistoryPartial({ account, region, point }: Place): boolean {
  return point.gaps.some(
    (gap) => gap.source === historyNotReadable.source && gap.accountId === account.id && gap.region === region,
  );
}

function isObserved(at: string, window: Point['window']): boolean {
  return Date.parse(at) >= Date.parse(window.from) && Date.parse(at) < Date.parse(window.to);
}

/** Events of the same second stand in the order of their ids. */
function newestFirst(events: readonly RecordedEvent[]): RecordedEvent[] {
  const byId = sortedBy(events, (event) => event.id);
  return byId.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** IAM notes when a role was last used: here that is its last call before the snapshot was taken. */
function lastUseByRoleArn(calls: readonly ApiCall[], takenAt: string): ReadonlyMap<string, LastUse> {
  const earlier = calls.filter((call) => Date.parse(call.at) < Date.parse(takenAt));
  const inOrder = sortedBy(earlier, (call) => awsTime(call.at));
  return new Map(
    inOrder.flatMap(({ actor, at, region }) => (actor.kind === 'role' ? [[actor.arn, { at, region }] as const] : [])),
  );
}
