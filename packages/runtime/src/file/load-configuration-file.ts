import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from '../configuration.ts';
import { ConfigurationError } from '../errors.ts';
import type { AuditConfiguration } from './audit-configuration.ts';
import { auditConfigurationOf } from './audit-configuration.ts';
import { describeIssues } from './describe-issues.ts';
import { fileSchema } from './file-schema.ts';
import { namesAt } from './names-of-schema.ts';
import { overridesIn, withOverrides } from './overrides.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';

// Twenty thousand account ids, one a line, are 300 kB.
const fileBytesMax = 1024 * 1024;

/**
 * Reads a configuration file, YAML or JSON, with the environment in place of what it overrides.
 *
 * Secrets are not read: the configuration tells where they lie (`readSecret`). Throws `configurationFileUnreadable`, and
 * `configurationFileInvalid` with every problem at once, each with its line.
 */
export async function loadConfigurationFile(
  file: string,
  environment: Environment = process.env,
): Promise<AuditConfiguration> {
  return parseConfiguration(await textOf(file), { file: path.basename(file), environment });
}

/**
 * The same for a text that was read already; `file` is what its problems name.
 *
 * @internal exported for the tests, which hold many texts against it
 */
export function parseConfiguration(
  text: string,
  source: { readonly file: string; readonly environment: Environment },
): AuditConfiguration {
  const parsed = parseYaml(text);
  if (parsed.kind === 'problems') {
    throw invalid(parsed.problems.map(({ line, message }) => `${source.file}:${line}: ${message}`));
  }
  return checked(parsed.document.value, { ...source, document: parsed.document });
}

/** The configuration where there is no file: the account of the credentials, the defaults, and what the environment says. */
export function configurationFromEnvironment(environment: Environment = process.env): AuditConfiguration {
  const content = { version: 1, organization: { accounts: 'own', regions: 'all' } };
  const { organization, ...rest } = checked(content, { file: 'environment', environment, document: null });
  // Without a file and without the variable, the region of the AWS environment is the one that is read.
  return (environment['ECR_AUDIT_REGIONS'] ?? '') === ''
    ? { ...rest, organization: { ...organization, regions: [] } }
    : { ...rest, organization };
}

function checked(
  written: unknown,
  source: { readonly file: string; readonly environment: Environment; readonly document: YamlDocument | null },
): AuditConfiguration {
  const content = withOverrides(written, source.environment);
  const result = fileSchema.safeParse(content);
  if (result.success) {
    return auditConfigurationOf(result.data);
  }
  throw invalid(
    describeIssues(result.error.issues, { ...source, content, overrides: overridesIn(source.environment), namesAt }),
  );
}

function invalid(problems: readonly string[]): ConfigurationError {
  return new ConfigurationError(problems, 'configurationFileInvalid');
}

async function textOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > fileBytesMax) {
        throw unreadable(file, `it is larger than ${fileBytesMax} bytes`);
      }
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof ConfigurationError
      ? error
      : unreadable(file, error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read');
  }
}

function unreadable(file: string, reason: string): ConfigurationError {
  return new ConfigurationError(
    [`cannot read the configuration file \`${file}\`: ${reason}`],
    'configurationFileUnreadable',
  );
}
