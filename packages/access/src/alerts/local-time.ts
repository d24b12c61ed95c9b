const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** The first time after `now` at which the clocks of the zone show `at`. Both times are ISO, `at` is `HH:MM`. */
export function nextLocalTime(now: string, at: string, timeZone: string): string {
  const wanted = minutesOf(at);
  const ahead = wrapped(wanted - localMinutes(now, timeZone));
  const guess = plusMinutes(now, ahead === 0 ? DAY_MINUTES : ahead);
  // Where the clocks are set in between, the guess is off by that much. A time that is skipped that day comes later.
  const missed = wrapped(wanted - localMinutes(guess, timeZone));
  return missed === 0 ? guess : plusMinutes(guess, missed > DAY_MINUTES / 2 ? missed - DAY_MINUTES : missed);
}

/** Whether the clocks of the zone show a time from `from` until before `to`; from late to early passes midnight. */
export function isBetween(
  now: string,
  { from, to }: { readonly from: string; readonly to: string },
  timeZone: string,
): boolean {
  const minutes = localMinutes(now, timeZone);
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start <= end ? minutes >= start && minutes < end : minutes >= start || minutes < end;
}

function localMinutes(time: string, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return minutesOf(format.format(new Date(time)));
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function wrapped(minutes: number): number {
  return ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
}

// On the full minute, so that two plans of one evening name the same time.
function plusMinutes(time: string, minutes: number): string {
  const started = Math.floor(Date.parse(time) / MINUTE_MS) * MINUTE_MS;
  return new Date(started + minutes * MINUTE_MS).toISOString();
}
