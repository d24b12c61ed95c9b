import type { Event } from '@aws-sdk/client-cloudtrail';

/**
 * Drops the image manifest, which PutImage carries as a text of many kilobytes in its request and in its answer and
 * which says nothing about access. An event without one, or whose record is not JSON, stays as it is to the letter.
 */
export function trimEvent(event: Event): Event {
  const text = event.CloudTrailEvent;
  if (text === undefined || !text.includes('imageManifest')) {
    return event;
  }
  const record = parsed(text);
  const request = member(record, 'requestParameters');
  const image = member(member(record, 'responseElements'), 'image');
  const dropped = [request, image].filter(
    (holder) => isObject(holder) && Reflect.deleteProperty(holder, 'imageManifest'),
  );
  return dropped.length === 0 ? event : { ...event, CloudTrailEvent: JSON.stringify(record) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function member(value: unknown, key: string): unknown {
  return isObject(value) ? Reflect.get(value, key) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
