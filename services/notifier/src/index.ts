export { deliverDue, deliverUntilStopped, retryDelayMs, type NotifierEvent } from './deliver-outbox.ts';
export { streamSink, type Sink } from './sink.ts';
