const ISO_8601 =
  /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/;

/**
 * Milliseconds since 1970 of a date in one of the W3C forms of ISO 8601, or of a number of seconds since 1970.
 *
 * Null where the text is neither. A date without a zone is in UTC.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function parseTime(text: string): number | null {
  if (/^\d{1,12}(?:\.\d{1,9})?$/.test(text) && !/^\d{4}$/.test(text)) {
    return Number(text) * 1000;
  }
  const match = ISO_8601.exec(text);
  if (match === null) {
    return /^\d{4}$/.test(text) ? utcTime(Number(text), 1, 1) : null;
  }
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = match;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
  const time = utcTime(y, mo, d) + ((h * 60 + mi) * 60 + s) * 1000;
  const back = new Date(time);
  // A date rolls 31 February over into March; such a date is malformed.
  if (back.getUTCMonth() !== mo - 1 || back.getUTCDate() !== d || h > 23 || mi > 59 || s > 59) {
    return null;
  }
  return time + Number(`0.${fraction}`) * 1000 - zoneOffsetMs(zone);
}

/** Midnight of a day. `Date.UTC` takes the years 0 to 99 for 1900 to 1999, so the year is set on its own. */
function utcTime(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function zoneOffsetMs(zone: string): number {
  if (zone === 'Z') {
    return 0;
  }
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
