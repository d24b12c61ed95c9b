import { later, type RecordedEvent } from './events.ts';
import { UNSEEN, WORKLOAD } from './world.ts';

/** Under which names a call says which of several things it is about. */
const OTHERS: readonly (readonly [string, unknown])[] = [
  ['policyName', 'Other'],
  ['policyArn', 'arn:aws:iam::222233334444:policy/Other'],
  ['groupName', 'others'],
  ['tags', [{ key: 'Other', value: 'api' }]],
  ['tagKeys', ['Other']],
  ['targetId', 'ou-a1b2-otherone'],
  ['policyId', 'p-other001'],
  ['roleName', 'other'],
  ['userName', 'other'],
  ['repositoryName', 'other'],
  ['ecrRepositoryPrefix', 'other'],
  ['prefix', 'other'],
  ['accountName', 'other'],
  ['accountId', '999988887777'],
  ['name', 'OTHER_SETTING'],
];

/** Its answer names what was made, whatever the request says. */
const MADE: ReadonlySet<string> = new Set(['CreatePolicy', 'CreateAccountResult', 'CreateServiceLinkedRole']);

/** Events that look like the cause and are not: later ones, because the last one is the one to look for. */
export function decoysOf(recorded: RecordedEvent): RecordedEvent[] {
  // The two copies of one call have it in common, and a decoy is another call.
  const event = { ...recorded, sharedEventID: undefined };
  const { eventID: id, eventSource } = event;
  const inAnother = event.recipientAccountId === WORKLOAD ? UNSEEN : WORKLOAD;
  return [
    {
      ...event,
      eventID: `${id}-failed`,
      eventTime: later(event, 2),
      errorCode: 'AccessDenied',
      errorMessage: 'denied',
    },
    { ...event, eventID: `${id}-throttled`, eventTime: later(event, 3), errorCode: 'ThrottlingException' },
    // Another day: long before the first snapshot.
    { ...event, eventID: `${id}-before`, eventTime: later(event, -3 * 24 * 60) },
    ...otherThing(event),
    // Policies and targets of an organization are one wherever the call is recorded.
    ...(eventSource === 'organizations.amazonaws.com'
      ? []
      : [
          {
            ...event,
            eventID: `${id}-account`,
            eventTime: later(event, 5),
            recipientAccountId: inAnother,
            requestParameters: registryOf(event.requestParameters, inAnother),
            responseElements: null,
          },
        ]),
  ];
}

function otherThing(event: RecordedEvent): RecordedEvent[] {
  const { requestParameters: request, eventName } = event;
  // What is made is made once: another one has another name, whatever tags it has.
  const fields = eventName.startsWith('Create') ? OTHERS.filter(([name]) => name !== 'tags') : OTHERS;
  const [field, value] = fields.find(([name]) => request?.[name] !== undefined) ?? [];
  if (field === undefined || request === null || MADE.has(eventName)) {
    return [];
  }
  const renamed = Object.keys(request).filter((name) => name.startsWith('new'));
  return [
    {
      ...event,
      eventID: `${event.eventID}-other`,
      eventTime: later(event, 4),
      requestParameters: {
        ...request,
        [field]: value,
        ...Object.fromEntries(renamed.map((name) => [name, 'another'])),
      },
      responseElements: null,
    },
  ];
}

/** Policies of IAM are named by their account in the ARN: the other account has one of the same name. */
function registryOf(request: RecordedEvent['requestParameters'], account: string): RecordedEvent['requestParameters'] {
  const text = JSON.stringify(request).replaceAll('222233334444', account);
  const other: RecordedEvent['requestParameters'] = JSON.parse(text);
  return other;
}
