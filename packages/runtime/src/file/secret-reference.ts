import type { Environment } from '../configuration.ts';
import { ConfigurationError } from '../errors.ts';
import { textOfSecretFile } from '../secret-file.ts';

/** Where a secret lies. The configuration names the place and never the secret. */
export type SecretReference =
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'file'; readonly path: string };

/**
 * Reads a secret. Each process reads only those that it needs.
 *
 * Throws `secretUnreadable`, which names the place and never what lies there.
 */
export async function readSecret(reference: SecretReference, environment: Environment = process.env): Promise<string> {
  const secret = reference.kind === 'environment' ? environment[reference.variable] : textInFile(reference);
  if (secret === undefined || secret === '') {
    throw unreadable(reference, secret === undefined ? 'it is not set' : 'it is empty');
  }
  return secret;
}

/** The place of a secret, for messages: `the environment variable X` or `the file /run/secrets/x`, names in backticks. */
export function describeSecretReference(reference: SecretReference): string {
  return reference.kind === 'environment'
    ? `the environment variable \`${reference.variable}\``
    : `the file \`${reference.path}\``;
}

function textInFile(reference: SecretReference & { readonly kind: 'file' }): string {
  const read = textOfSecretFile(reference.path);
  if (read.kind === 'unreadable') {
    throw unreadable(reference, read.reason);
  }
  return read.text;
}

function unreadable(reference: SecretReference, reason: string): ConfigurationError {
  return new ConfigurationError(
    [`cannot read the secret in ${describeSecretReference(reference)}: ${reason}`],
    'secretUnreadable',
  );
}
