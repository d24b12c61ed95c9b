import { describe, expect, test } from 'vitest';
import { configurationText } from './configuration-text.ts';
import { parseConfiguration } from './load-configuration-file.ts';

const written = `
version: 1
organization:
  accounts: ["012345678901", "111122223333"]
  regions: [eu-west-1]
  externalId: { fromFile: /run/secrets/id }
selection: { exclude: { accounts: ["012345678901"] } }
schedules: { access: "0 3 * * *", activity: off }
http: { metricsPort: 0 }
`;

function read(text: string, environment: Record<string, string> = {}): ReturnType<typeof parseConfiguration> {
  return parseConfiguration(text, { file: 'audit.yaml', environment });
}

describe.each(['yaml', 'json'] as const)('the text of a configuration as %s', (format) => {
  test('is a file that says the same', () => {
    const configuration = read(written, {
      DATABASE_URL: 'postgres://u:secret@db/audit',
      ECR_AUDIT_ROLE_NAME: 'audit/x',
    });
    const text = configurationText(configuration, format);
    expect(read(text)).toEqual(configuration);
    expect(configurationText(read(text), format)).toBe(text);
    expect(text).not.toContain('secret@');
  });
});
