import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { failed, failureOfAnswer, failureOfError } from '../http/post-failure.ts';
import type { Attempt } from '../sinks/sink.ts';

// https://docs.slack.dev/reference/methods/chat.postMessage, its errors.
const tokenErrors = new Set([
  'access_denied',
  'account_inactive',
  'ekm_access_denied',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
]);
const passingErrors = new Set([
  'fatal_error',
  'internal_error',
  'rate_limited',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
]);

// https://docs.slack.dev/reference/methods/chat.update, its errors.
const goneErrors = new Set([
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'message_not_found',
  'not_in_channel',
  'thread_not_found',
]);
const fixedErrors = new Set(['cant_update_message', 'edit_window_closed']);

/** Whether Slack says that a message is gone (`gone`) or can no longer be edited (`fixed`), which is no fault of ours. */
export function lostMessage(error: unknown): 'gone' | 'fixed' | null {
  const word = error instanceof WebAPIPlatformError ? error.data.error : '';
  return goneErrors.has(word) ? 'gone' : fixedErrors.has(word) ? 'fixed' : null;
}

/** What an error of Slack's client means for the message. Only words of Slack's own are repeated, never the token. */
export function failureOfSlack(error: unknown): Extract<Attempt, { readonly kind: 'failed' }> {
  if (error instanceof WebAPIRateLimitedError) {
    return failed('away', 'Slack limits the rate', error.retryAfter * 1_000);
  }
  if (error instanceof WebAPIPlatformError) {
    return failureOfWord(error.data.error);
  }
  if (error instanceof WebAPIHTTPError) {
    return failureOfAnswer({ status: error.statusCode, retryAfter: error.headers['retry-after'] ?? null, text: '' });
  }
  return failureOfError(error instanceof WebAPIRequestError ? causeOf(error.original) : error);
}

function failureOfWord(answered: string): Extract<Attempt, { readonly kind: 'failed' }> {
  const word = /^[a-z_]{1,64}$/.test(answered) ? answered : 'an unknown error';
  if (tokenErrors.has(word)) {
    return failed('unauthorized', `Slack does not accept the token: ${word}`, null);
  }
  return failed(passingErrors.has(word) ? 'away' : 'refused', `Slack answered ${word}`, null);
}

// `fetch failed` says nothing; the code is in what it wraps.
function causeOf(error: Error): unknown {
  return error.cause ?? error;
}
