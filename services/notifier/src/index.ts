export { deliverDue, deliverUntilStopped, retryDelayMs, type NotifierEvent } from './deliver-outbox.ts';
export { logNotifierEvent } from './log-notifier-event.ts';
export { streamSink, type Sink } from './sink.ts';
