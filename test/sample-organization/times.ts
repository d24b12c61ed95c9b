import { numberBelow } from './identifiers.ts';

const dayMs = 24 * 60 * 60 * 1000;
const minuteMs = 60 * 1000;

export const firstTakenAt = '2026-11-09T06:00:00Z';
export const secondTakenAt = '2026-11-16T06:00:00Z';

/** The spelling of the AWS CLI, `2026-11-09T06:00:00+00:00`. */
export function awsTime(time: string): string {
  return `${toSeconds(time)}+00:00`;
}

/** The spelling inside CloudTrail records, `2026-11-09T06:00:00Z`. */
export function eventTime(time: string): string {
  return `${toSeconds(time)}Z`;
}

export function minutesAfter(time: string, minutes: number): string {
  return new Date(Date.parse(time) + minutes * minuteMs).toISOString();
}

export function daysBefore(time: string, days: number): string {
  return new Date(Date.parse(time) - days * dayMs).toISOString();
}

/** When a thing with no story of its own was made: some time from 2022 to the middle of 2026. */
export function bornAt(seed: string): string {
  const first = Date.parse('2022-01-10T08:00:00Z');
  return new Date(
    first + numberBelow(1600, `${seed} day`) * dayMs + numberBelow(600, `${seed} minute`) * minuteMs,
  ).toISOString();
}

function toSeconds(time: string): string {
  return new Date(time).toISOString().slice(0, 19);
}
