import { z } from 'zod';

const eventSchema = z.object({
  EventId: z.string(),
  EventName: z.string(),
  ReadOnly: z.string().optional(),
  AccessKeyId: z.string().optional(),
  EventTime: z.coerce.date(),
  EventSource: z.string(),
  Username: z.string().optional(),
  Resources: z.array(z.object({ ResourceType: z.string().optional(), ResourceName: z.string().optional() })).optional(),
  CloudTrailEvent: z.string(),
});

/** A bare CloudTrail record, as a trail writes it. */
const recordSchema = z.looseObject({
  eventID: z.string(),
  eventName: z.string(),
  eventTime: z.coerce.date(),
  eventSource: z.string(),
  readOnly: z.boolean().optional(),
  userIdentity: z.looseObject({ accessKeyId: z.string().optional(), userName: z.string().optional() }).optional(),
});

export type ServedEvent = z.infer<typeof eventSchema>;

/** Reads events, one a line, and gives them newest first. A bare record is dressed as LookupEvents answers it. */
export function eventsOf(path: string, text: string): readonly ServedEvent[] {
  const events = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }
    try {
      const value: unknown = JSON.parse(line);
      const event = eventSchema.safeParse(value);
      return [event.success ? event.data : dressed(recordSchema.parse(value), line)];
    } catch (error) {
      throw new Error(
        `cannot serve \`${path}\` line ${index + 1}: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`,
        { cause: error },
      );
    }
  });
  return events.toSorted((left, right) => right.EventTime.getTime() - left.EventTime.getTime());
}

function dressed(record: z.infer<typeof recordSchema>, line: string): ServedEvent {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    EventTime: record.eventTime,
    EventSource: record.eventSource,
    ReadOnly: String(record.readOnly ?? false),
    CloudTrailEvent: line,
    ...(record.userIdentity?.accessKeyId === undefined ? {} : { AccessKeyId: record.userIdentity.accessKeyId }),
    ...(record.userIdentity?.userName === undefined ? {} : { Username: record.userIdentity.userName }),
  };
}
