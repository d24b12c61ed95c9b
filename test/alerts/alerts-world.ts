import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { Alert } from '@ecr-audit/access';
import { deliverDue, type NotifierEvent, type offersOf, type Sink, sinksFromEnvironment } from '@ecr-audit/notifier';
import { requestScan, type Store } from '@ecr-audit/store';
import { type Receiver, startReceiver } from '../fake-slack/start-receiver.ts';

export const webhookSecret = 'a-secret-of-enough-characters';
export const slackToken = 'xoxb-0000-secret-of-this-test';

/** A receiver, and the sinks that lead to it. */
export interface AlertsWorld {
  readonly receiver: Receiver;
  readonly sinks: readonly Sink[];
  readonly lines: () => readonly string[];
  readonly events: NotifierEvent[];
  sink(name: string): Sink;
  /** What the outbox takes for now; it is moved by hand. */
  now: Date;
}

/** Starts a receiver with sinks of every kind but the incoming webhook, which excludes the token. */
export async function openAlertsWorld(
  environment: Readonly<Record<string, string>> = {},
  offers: ReturnType<typeof offersOf> = null,
): Promise<AlertsWorld> {
  const receiver = await startReceiver();
  const stream = new PassThrough();
  let written = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const world = {
    now: new Date(),
    receiver,
    events: [],
    lines: () => written.split('\n').filter((line) => line !== ''),
    sink: (name: string): Sink => {
      const found = sinks.find((sink) => sink.name === name);
      if (found === undefined) {
        throw new Error(`there is no sink ${name}`);
      }
      return found;
    },
  };
  const sinks = sinksFromEnvironment(
    {
      ECR_AUDIT_SLACK_TOKEN: slackToken,
      ECR_AUDIT_SLACK_CHANNEL: '#alerts',
      ECR_AUDIT_SLACK_API_URL: `${receiver.url}/api/`,
      ECR_AUDIT_WEBHOOK_URL: `${receiver.url}/webhook`,
      ECR_AUDIT_WEBHOOK_SECRET: webhookSecret,
      ECR_AUDIT_WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1/32',
      ...environment,
    },
    { stream, now: () => new Date(), timeoutMs: 1_000, offers },
  );
  return Object.assign(world, { sinks });
}

/** Delivers what is due to one sink, by the world's clock. */
export async function deliverTo(store: Store, world: AlertsWorld, name: string): Promise<number> {
  return await deliverDue(store, world.sink(name), {
    now: () => world.now,
    onEvent: (event) => world.events.push(event),
  });
}

/** As if so much time had passed since everything that failed, and for everything that waits. */
export async function letPass(store: Store, ms: number): Promise<void> {
  await store.sql`update audit.outbox set not_before = not_before - make_interval(secs => ${ms / 1000})`;
  await store.sql`
    update audit.outbox_delivery
    set next_attempt_at = next_attempt_at - make_interval(secs => ${ms / 1000}),
        first_failed_at = first_failed_at - make_interval(secs => ${ms / 1000})
    where state = 'waiting'`;
}

/** Puts alerts into the outbox, named by their titles. */
export async function addAlerts(store: Store, alerts: readonly Alert[]): Promise<void> {
  const scanId = randomUUID();
  await requestScan(store.sql, { scanId, target: { key: 'account:111122223333' }, source: 'snapshot' });
  for (const alert of alerts) {
    await store.sql`
      insert into audit.outbox (scan_id, kind, payload, not_before)
      values (${scanId}, 'alert', ${JSON.stringify(alert)}::text::jsonb, ${alert.notBefore})`;
  }
}

/** An alert about as many findings as are wanted. */
export function alertOf(title: string, { findings = 1, name = 'payments' } = {}): Alert {
  return {
    key: title,
    form: 'change',
    severity: 'high',
    channel: null,
    notBefore: null,
    title,
    cause: null,
    explanation: null,
    link: 'https://audit.example.com',
    findings: Array.from({ length: findings }, (_, index) => ({
      fingerprint: `${title}-${index}`,
      ruleId: 'ECR-PUBLIC',
      severity: 'high',
      accountId: '111122223333',
      region: 'eu-west-1',
      resource: `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`,
      principal: null,
      title: `Finding ${index} of ${title}`,
      what: `Everybody can pull \`${name}\`.`,
      why: 'It is readable by anyone.',
      remedy: 'Remove the statement.',
      reasons: [{ effect: 'Allow', statement: '*', policy: name, via: 'repository' }],
      doubts: [],
    })),
  };
}
