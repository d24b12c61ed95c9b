import { incidentCalls } from './activity/incidents.ts';
import { releaseCalls } from './activity/releases.ts';
import { afterChanges, changes } from './changes/changes.ts';
import { companyBefore } from './company.ts';
import { gapsAfter, gapsBefore } from './gaps.ts';
import { recordedEvents } from './render/cloudtrail.ts';
import { sortedBy } from './render/json.ts';
import { type Point, type SampleFile, snapshotFiles } from './render/snapshot.ts';
import { daysBefore, firstTakenAt, minutesAfter, secondTakenAt } from './times.ts';

export const pointDirectories = { before: '2026-11-09', after: '2026-11-16' } as const;

// LookupEvents reaches back this far.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
const historyDays = 90;

// CloudTrail is late by some minutes, so a collection leaves the newest ones to the next.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
const settlingMinutes = 15;

/** Both snapshot directories, file by file, in the order of their paths. The same at every call. */
export function sampleOrganization(): SampleFile[] {
  const company = companyBefore();
  const calls = [...releaseCalls(), ...incidentCalls(), ...changes().flatMap((change) => change.calls)];
  const history = { calls, events: calls.flatMap(recordedEvents) };
  const firstSettled = minutesAfter(firstTakenAt, -settlingMinutes);
  const points: Point[] = [
    {
      directory: pointDirectories.before,
      takenAt: firstTakenAt,
      window: { from: daysBefore(firstTakenAt, historyDays), to: firstSettled },
      company,
      gaps: gapsBefore,
    },
    {
      directory: pointDirectories.after,
      takenAt: secondTakenAt,
      window: { from: firstSettled, to: minutesAfter(secondTakenAt, -settlingMinutes) },
      company: afterChanges(company),
      gaps: gapsAfter,
    },
  ];
  return sortedBy(
    points.flatMap((point) => snapshotFiles(point, history)),
    (file) => file.path,
  );
}
