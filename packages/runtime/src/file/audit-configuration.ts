import type { AlertsContent } from './alerts-schema.ts';
import type { ApiContent } from './api-schema.ts';
import type { FileContent } from './file-schema.ts';
import type { SecretReference } from './secret-reference.ts';

/** Accounts by what is known of them. A unit stands for everything below it. */
export interface AccountSelection {
  readonly accounts: readonly string[];
  readonly organizationalUnits: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What a process is told to do. Secrets are named by their place and read by the process that needs them. */
export interface AuditConfiguration {
  readonly organization: {
    /** `own` is the account of the credentials, `discover` every account of the organization. */
    readonly accounts: 'own' | 'discover' | readonly string[];
    /** `all` is what is enabled for each account; an empty list the region of the AWS environment. */
    readonly regions: 'all' | readonly string[];
    readonly fallbackRegions: readonly string[];
    readonly roleName: string;
    readonly managementRoleArn: string | null;
    readonly externalId: SecretReference | null;
  };
  readonly selection: { readonly include: AccountSelection; readonly exclude: AccountSelection };
  /** Intervals and cron expressions as they are written; null is off. */
  readonly schedules: {
    readonly access: string | null;
    readonly activity: string | null;
    readonly lastAccessed: string | null;
    readonly maintenance: string | null;
  };
  readonly retention: {
    readonly eventsDays: number;
    readonly scansDays: number;
    readonly deliveredDays: number;
    readonly auditLogDays: number;
  };
  readonly database: { readonly url: SecretReference | null };
  readonly redis: { readonly url: SecretReference | null };
  readonly limits: { readonly accountsAtATime: number; readonly lookupEventsPerSecond: number };
  readonly http: {
    readonly host: string;
    readonly apiPort: number;
    readonly metricsHost: string;
    /** Null serves neither health nor metrics. */
    readonly metricsPort: number | null;
  };
  /** Who may ask the API. */
  readonly api: ApiContent;
  /** Which alerts go where, and when. */
  readonly alerts: Omit<AlertsContent, 'link' | 'quietHours'> & {
    readonly link: string | null;
    readonly quietHours: NonNullable<AlertsContent['quietHours']> | null;
  };
  /** What findings go by: what is production, and who is who. */
  readonly findings: FileContent['findings'];
  readonly logLevel: string;
}

/** What the file says, with what it leaves out as null. */
export function auditConfigurationOf(content: FileContent): AuditConfiguration {
  const {
    organization,
    selection,
    schedules,
    retention,
    database,
    redis,
    limits,
    http,
    api,
    alerts,
    findings,
    logLevel,
  } = content;
  return {
    organization: {
      ...organization,
      managementRoleArn: organization.managementRoleArn ?? null,
      externalId: organization.externalId ?? null,
    },
    selection,
    schedules: {
      access: unlessOff(schedules.access),
      activity: unlessOff(schedules.activity),
      lastAccessed: unlessOff(schedules.lastAccessed),
      maintenance: unlessOff(schedules.maintenance),
    },
    retention,
    database: { url: database.url ?? null },
    redis: { url: redis.url ?? null },
    limits,
    http: { ...http, metricsPort: http.metricsPort ?? null },
    api,
    findings,
    alerts: { ...alerts, link: alerts.link ?? null, quietHours: alerts.quietHours ?? null },
    logLevel,
  };
}

function unlessOff(schedule: string): string | null {
  return schedule === 'off' ? null : schedule;
}
