import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigurationError } from '../errors.ts';
import { configurationFromEnvironment, loadConfigurationFile, parseConfiguration } from './load-configuration-file.ts';

const smallest = 'version: 1\norganization:\n  accounts: discover\n  regions: all\n';

function read(text: string, environment: Record<string, string> = {}): ReturnType<typeof parseConfiguration> {
  return parseConfiguration(text, { file: 'audit.yaml', environment });
}

function problemsOf(text: string, environment: Record<string, string> = {}): readonly string[] {
  try {
    read(text, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

function temporaryFile(text: string): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'ecr-audit-configuration-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'audit.yaml');
  writeFileSync(file, text);
  return file;
}

describe('a configuration file', () => {
  test('needs to say which accounts and regions, and nothing else', () => {
    expect(read(smallest)).toEqual({
      organization: {
        accounts: 'discover',
        regions: 'all',
        fallbackRegions: [],
        roleName: 'ecr-audit',
        managementRoleArn: null,
        externalId: null,
      },
      selection: {
        include: { accounts: [], organizationalUnits: [], tags: {} },
        exclude: { accounts: [], organizationalUnits: [], tags: {} },
      },
      schedules: { access: '6h', activity: '5m', lastAccessed: '1d', maintenance: '1d' },
      retention: { eventsDays: 400, scansDays: 90, deliveredDays: 30, auditLogDays: 400 },
      database: { url: null },
      redis: { url: null },
      limits: { accountsAtATime: 4, lookupEventsPerSecond: 2 },
      http: { host: '127.0.0.1', apiPort: 8080, metricsHost: '127.0.0.1', metricsPort: null },
      api: { authentication: 'on', issuers: [], requestsPerSecond: 50, requestsAtOnce: 200, origins: [] },
      alerts: {
        link: null,
        routes: [],
        timeZone: 'UTC',
        quietHours: null,
        digest: { severity: 'low', at: '09:00' },
        messagesMax: 10,
      },
      findings: {
        production: { patterns: [], tags: {} },
        sensitive: { patterns: [], tags: {} },
        administrators: [],
        ourAccounts: [],
        partnerAccounts: [],
        allowedAccounts: [],
        ourOrganizations: [],
        dormantDays: 90,
      },
      logLevel: 'info',
    });
  });

  test('may be JSON, and is read from disk', async () => {
    const file = temporaryFile(
      JSON.stringify({ version: 1, organization: { accounts: 'own', regions: ['eu-west-1'] } }),
    );
    const { organization } = await loadConfigurationFile(file, {});
    expect(organization).toMatchObject({ accounts: 'own', regions: ['eu-west-1'] });
  });

  test('keeps the zero of an account id that stands without quotes', () => {
    const { organization } = read(
      'version: 1\norganization:\n  accounts: [012345678901, "111122223333"]\n  regions: all',
    );
    expect(organization.accounts).toEqual(['012345678901', '111122223333']);
  });

  test('tells every problem at once, in the order of the file, each with its line and what was expected', () => {
    const text = [
      'version: 1',
      'organisation: {}',
      'organization:',
      '  accounts:',
      '    - "111122223333"',
      '    - "1111"',
      '  roleNam: audit',
      'schedules:',
      '  activity: 5 minutes',
      'limits: 3',
    ].join('\n');
    expect(problemsOf(text)).toEqual([
      'audit.yaml:2: `organisation` is unknown; did you mean `organization`?',
      'audit.yaml:3: `organization.regions` is missing: expected `all` (those that are enabled for each account), or a list of regions',
      'audit.yaml:6: `organization.accounts[1]`: expected an account id of twelve digits, found `1111`',
      'audit.yaml:7: `organization.roleNam` is unknown; did you mean `roleName`?',
      'audit.yaml:9: `schedules.activity`: expected an interval such as `6h`, a cron expression in UTC such as `0 3 * * *`, or `off`, found `5 minutes`',
      'audit.yaml:10: `limits`: expected a map, found `3`',
    ]);
  });

  test('names what may stand in place of a key that is like none', () => {
    expect(problemsOf(`${smallest}database: { host: db }`)).toEqual([
      'audit.yaml:5: `database.host` is unknown; expected `url`',
    ]);
  });

  test.each([
    ['organization', `${smallest}  externalId: s3cr3t-value`],
    ['database', `${smallest}database:\n  url: postgres://audit:s3cr3t-value@db/audit`],
    ['redis', `${smallest}redis:\n  url: { fromEnvironment: "redis://:s3cr3t-value@cache" }`],
    ['a list', `${smallest}  externalId: [s3cr3t-value]`],
  ])('refuses a secret in clear and does not repeat it: %s', (_, text) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain('s3cr3t-value');
  });

  test('advises to name the place of a secret', () => {
    expect(problemsOf(`${smallest}  externalId: s3cr3t-value`)[0]).toContain('`{ fromEnvironment: VARIABLE }`');
  });

  test.each([
    ['organizationalUnits: [ou-ab12-34cd56ef]', 'organizationalUnits'],
    ['tags: { environment: production }', 'tags'],
  ])('a selection that needs the organization is refused without it: %s', (line, key) => {
    const text = `version: 1\norganization: { accounts: own, regions: all }\nselection: { exclude: { ${line} } }`;
    expect(problemsOf(text)).toEqual([
      expect.stringContaining(`\`selection.exclude.${key}\`: expected nothing, because`),
    ]);
  });

  test('a role for the organization is refused where the organization is not asked', () => {
    const role = 'arn:aws:iam::111122223333:role/organization';
    const text = `version: 1\norganization: { accounts: own, regions: all, managementRoleArn: "${role}" }`;
    expect(problemsOf(text)).toEqual([expect.stringContaining('`organization.managementRoleArn`: expected nothing')]);
  });

  test.each([
    ['a key twice', `${smallest}version: 1`, 'audit.yaml:5: '],
    ['a tag that is not known', `${smallest}logLevel: !level info`, 'audit.yaml:5: '],
    ['a list without its end', `${smallest}selection: [`, 'audit.yaml:5: '],
    ['nothing', '', 'audit.yaml:1: `the file`: expected a map'],
    ['a text', 'audit', 'audit.yaml:1: `the file`: expected a map'],
  ])('is refused with its line where it holds %s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(expected)]);
  });

  test('aliases that grow without bound are refused', () => {
    const bomb = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x]'
        : `a${level}: &a${level} [${Array(8)
            .fill(`*a${level - 1}`)
            .join(', ')}]`,
    ).join('\n');
    expect(problemsOf(bomb)).toEqual([expect.stringContaining('alias')]);
  });

  test('names of prototypes are unknown names like others', () => {
    expect(problemsOf(`${smallest}__proto__: { logLevel: silent }\nconstructor: 1`)).toEqual([
      expect.stringContaining('audit.yaml:5: `__proto__` is unknown'),
      expect.stringContaining('audit.yaml:6: `constructor` is unknown'),
    ]);
  });

  test('that is not there, or too large, is told by its path', async () => {
    await expect(loadConfigurationFile('/nowhere/audit.yaml', {})).rejects.toMatchObject({
      code: 'configurationFileUnreadable',
      message: 'cannot read the configuration file `/nowhere/audit.yaml`: ENOENT',
    });
    const large = temporaryFile(`# ${'x'.repeat(1024 * 1024)}`);
    await expect(loadConfigurationFile(large, {})).rejects.toThrow('it is larger than 1048576 bytes');
  });
});

describe('the environment', () => {
  test('overrides the file, and an empty variable does not', () => {
    const configuration = read(`${smallest}logLevel: debug\ndatabase: { url: { fromFile: /run/secrets/url } }`, {
      ECR_AUDIT_ACCOUNTS: '111122223333, 222233334444',
      ECR_AUDIT_REGIONS: 'eu-west-1',
      ECR_AUDIT_METRICS_PORT: '9464',
      ECR_AUDIT_SCHEDULE: 'off',
      DATABASE_URL: 'postgres://u:secret@db/audit',
      LOG_LEVEL: '',
    });
    expect(configuration).toMatchObject({
      organization: { accounts: ['111122223333', '222233334444'], regions: ['eu-west-1'] },
      schedules: { access: null },
      database: { url: { kind: 'environment', variable: 'DATABASE_URL' } },
      http: { metricsPort: 9464 },
      logLevel: 'debug',
    });
    expect(JSON.stringify(configuration)).not.toContain('secret');
  });

  test('is named where what it says is wrong', () => {
    expect(problemsOf(smallest, { PORT: 'many', ECR_AUDIT_REGIONS: 'eu-west-1,here' })).toEqual([
      '`ECR_AUDIT_REGIONS` cannot be used: expected a region such as `eu-west-1`, found `here`',
      '`PORT` cannot be used: expected a whole number from 0 to 65535, found `many`',
    ]);
  });

  test('alone means the account of the credentials in the region of the AWS environment', () => {
    expect(configurationFromEnvironment({}).organization).toMatchObject({ accounts: 'own', regions: [] });
    const chosen = configurationFromEnvironment({ ECR_AUDIT_REGIONS: 'all', ECR_AUDIT_ACCOUNTS: 'discover' });
    expect(chosen.organization).toMatchObject({ accounts: 'discover', regions: 'all' });
  });
});
