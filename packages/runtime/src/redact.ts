const replacement = '[redacted]';

// Keys of AWS credentials in both spellings, and whatever else carries a secret of ours.
const secretKeys = [
  'secretAccessKey',
  'sessionToken',
  'accessToken',
  'authorizationToken',
  'authorization',
  'password',
  'pass',
  'externalId',
  'x-amz-security-token',
];

// The bounds keep a hostile line from costing more than its length.
const rules: readonly { readonly pattern: RegExp; readonly to: string }[] = [
  {
    pattern: new RegExp(String.raw`"(${secretKeys.join('|')})":"(?:[^"\\]|\\.)*"`, 'gi'),
    to: `"$1":"${replacement}"`,
  },
  // The password of a URL: everything up to the last @ before a space or a quote, because people forget to encode it.
  // Where a message says how a URL is written, `PASSWORD` is the word and not a secret.
  {
    pattern: /([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"\\]{0,200}):(?!PASSWORD@HOST:)[^\s"\\]{1,500}@/gi,
    to: `$1:${replacement}@`,
  },
  { pattern: /(x-amz-(?:signature|security-token)=)[^&\s"\\]+/gi, to: `$1${replacement}` },
  // Tokens of Slack and secrets of webhooks show what they are by how they begin.
  { pattern: /\b(xox[a-z]-|whsec_)[\w+/=-]{8,500}/g, to: `$1${replacement}` },
  // Our own tokens too, and whatever else is borne in the header of a request.
  { pattern: /\b(ecraudit_)[0-9a-f]{8,500}/gi, to: `$1${replacement}` },
  { pattern: /\b(bearer )[\w.~+/=-]{20,8000}/gi, to: `$1${replacement}` },
  { pattern: /\beyJ[\w.-]{16,8000}/g, to: replacement },
  { pattern: /(hooks\.slack\.com\/services\/)[^\s"\\]+/gi, to: `$1${replacement}` },
];

/**
 * Removes secrets from a line of JSON, at any depth: AWS credentials by their keys, passwords in URLs, signatures.
 *
 * It works on the finished line, because a secret may sit in the message of an error that a library made.
 */
export function redact(line: string): string {
  return rules.reduce((text, { pattern, to }) => text.replaceAll(pattern, to), line);
}
