import { z } from 'zod';
import { alerts } from './alerts-schema.ts';
import { api } from './api-schema.ts';
import { findings } from './findings-schema.ts';
import * as leaf from './leaves.ts';

/*
 * What a configuration file may say. The descriptions become the JSON schema that editors show. Organizations, regions
 * and accounts have no default: what is audited is said, not guessed.
 */

const accountsExpected =
  '`discover` (all accounts of the organization), `own` (the account of the credentials), or a list of account ids';
const regionsExpected = '`all` (those that are enabled for each account), or a list of regions';

const organization = leaf
  .mapOf({
    accounts: z
      .union([z.enum(['discover', 'own']), leaf.accountIds.min(1)], { error: accountsExpected })
      .describe(`Which accounts are audited: ${accountsExpected}.`),
    regions: z
      .union([z.literal('all'), leaf.listOf(leaf.region, regionsExpected).min(1)], { error: regionsExpected })
      .describe(`Which regions are read: ${regionsExpected}.`),
    fallbackRegions: leaf
      .listOf(leaf.region, 'a list of regions')
      .default([])
      .describe(
        'Regions to read with `regions: all` in an account that may not list its regions; the gap is recorded.',
      ),
    roleName: leaf.roleName.default('ecr-audit').describe('Name of the auditor role, the same in every account.'),
    managementRoleArn: leaf.roleArn
      .optional()
      .describe('Role that reads AWS Organizations. Without it the credentials themselves do.'),
    externalId: leaf.secretReference
      .optional()
      .describe('Where the external id of the roles lies. It is never written into this file.'),
  })
  .superRefine((value, context) => {
    if (value.managementRoleArn !== undefined && value.accounts !== 'discover') {
      context.addIssue({
        code: 'custom',
        path: ['managementRoleArn'],
        message: 'nothing, because only `accounts: discover` reads AWS Organizations',
      });
    }
  });

const selection = leaf
  .mapOf({
    accounts: leaf.accountIds.default([]).describe('Account ids.'),
    organizationalUnits: leaf
      .listOf(leaf.organizationalUnitId, 'a list of ids of organizational units')
      .default([])
      .describe('Ids of organizational units or of a root, each with everything below it.'),
    tags: leaf.tags.default({}).describe('Tags of accounts; an account needs one of them, key and value.'),
  })
  .prefault({});

const schedules = leaf
  .mapOf({
    access: leaf.schedule.default('6h').describe('IAM, registries and repositories.'),
    activity: leaf.schedule.default('5m').describe('CloudTrail events.'),
    lastAccessed: leaf.schedule.default('1d').describe("IAM's last accessed data."),
    maintenance: leaf.schedule.default('1d').describe('Removal of what is older than `retention` says.'),
  })
  .prefault({})
  .describe('An interval (`90s`, `5m`, `6h`, `1d`), a cron expression in UTC (`0 3 * * *`), or `off`.');

const retention = leaf
  .mapOf({
    eventsDays: leaf.wholeNumber(1, 3_660).default(400).describe('CloudTrail events and activity.'),
    scansDays: leaf
      .wholeNumber(1, 3_660)
      .default(90)
      .describe('What scans have collected. The history of access stays.'),
    deliveredDays: leaf.wholeNumber(1, 3_660).default(30).describe('Messages that were delivered.'),
    auditLogDays: leaf.wholeNumber(1, 3_660).default(400).describe('Who asked the API what.'),
  })
  .prefault({})
  .describe('How many days things are kept.');

const database = leaf
  .mapOf({ url: leaf.secretReference.optional().describe('Where the URL of the Postgres database lies.') })
  .prefault({});
const redis = leaf
  .mapOf({
    url: leaf.secretReference
      .optional()
      .describe('Where the URL of the Redis server lies. Without it Postgres keeps the queues.'),
  })
  .prefault({});

const limits = leaf
  .mapOf({
    accountsAtATime: leaf.wholeNumber(1, 64).default(4).describe('Accounts that one collector reads side by side.'),
    lookupEventsPerSecond: z
      .number({ error: 'a number above 0 and up to 1000' })
      .positive({ error: 'a number above 0 and up to 1000' })
      .max(1_000, { error: 'a number above 0 and up to 1000' })
      .default(2)
      .describe(
        "LookupEvents requests a second in an account and region. AWS's limit is 2, shared with everybody there.",
      ),
  })
  .prefault({});

const http = leaf
  .mapOf({
    host: leaf.host.default('127.0.0.1').describe('Address on which the API listens.'),
    apiPort: leaf.port.default(8080).describe('Port of the API.'),
    metricsHost: leaf.host.default('127.0.0.1').describe('Address for /healthz, /readyz and /metrics.'),
    metricsPort: leaf.port.optional().describe('Port for /healthz, /readyz and /metrics. Without it there are none.'),
  })
  .prefault({});

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The whole file. Its input side is the JSON schema, its output side the configuration. */
export const fileSchema = leaf
  .mapOf({
    version: z.literal(1, { error: '`1`, the version of this format' }).describe('Version of this format.'),
    organization: organization.describe('What is audited, and by which roles.'),
    selection: leaf
      .mapOf({
        include: selection.describe('Only these accounts, where anything is listed.'),
        exclude: selection.describe('Never these accounts, even where they are included.'),
      })
      .prefault({})
      .describe('Which of the accounts are read. Without it all of them.'),
    schedules,
    retention,
    database,
    redis,
    limits,
    http,
    api,
    alerts,
    findings,
    logLevel: z
      .enum(logLevels, { error: `one of ${logLevels.map((level) => `\`${level}\``).join(', ')}` })
      .default('info'),
  })
  .superRefine(({ organization: { accounts }, selection: { include, exclude } }, context) => {
    if (accounts === 'discover') {
      return;
    }
    // Outside an organization nothing is known of units and tags: a selection by them would silently select nothing.
    for (const [side, chosen] of Object.entries({ include, exclude })) {
      for (const [key, count] of [
        ['organizationalUnits', chosen.organizationalUnits.length],
        ['tags', Object.keys(chosen.tags).length],
      ] as const) {
        if (count > 0) {
          context.addIssue({
            code: 'custom',
            path: ['selection', side, key],
            message: 'nothing, because only `accounts: discover` knows units and tags',
          });
        }
      }
    }
  });

export type FileContent = z.output<typeof fileSchema>;
