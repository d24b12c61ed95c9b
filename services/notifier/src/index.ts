export { countNotifierEvent, measureOutbox } from './count-deliveries.ts';
export { deliverDue, deliverUntilStopped, type NotifierEvent } from './deliver-outbox.ts';
export { logNotifierEvent } from './log-notifier-event.ts';
export { sinksFromEnvironment } from './sink-settings.ts';
export type { Attempt, Message, Sink } from './sinks/sink.ts';
export { inOnePost, slackMessage } from './slack/slack-message.ts';
export { renderText } from './slack/render-text.ts';
