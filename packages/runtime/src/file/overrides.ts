import type { Environment } from '../configuration.ts';

/** One environment variable that overrides a key of the file. */
export interface Override {
  readonly variable: string;
  readonly path: readonly string[];
  /** What the text becomes in the file's own terms; the schema of the file judges it. */
  readonly read: (text: string, variable: string) => unknown;
}

const asText = (text: string): unknown => text;
const asNumber = (text: string): unknown => (/^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : text);
const asList = (text: string): unknown =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
const asListOr =
  (...words: readonly string[]) =>
  (text: string): unknown =>
    words.includes(text.trim()) ? text.trim() : asList(text);
// The variable that holds a secret is itself the place where it lies.
const asSecret = (_text: string, variable: string): unknown => ({ fromEnvironment: variable });
const asSecretFile = (text: string): unknown => ({ fromFile: text });

/**
 * Every variable that overrides the file, the later one where two name one key. The table in
 * `infra/configuration/README.md` repeats it.
 */
export const configurationOverrides: readonly Override[] = [
  { variable: 'ECR_AUDIT_ACCOUNTS', path: ['organization', 'accounts'], read: asListOr('discover', 'own') },
  { variable: 'ECR_AUDIT_REGIONS', path: ['organization', 'regions'], read: asListOr('all') },
  { variable: 'ECR_AUDIT_FALLBACK_REGIONS', path: ['organization', 'fallbackRegions'], read: asList },
  { variable: 'ECR_AUDIT_ROLE_NAME', path: ['organization', 'roleName'], read: asText },
  { variable: 'ECR_AUDIT_MANAGEMENT_ROLE_ARN', path: ['organization', 'managementRoleArn'], read: asText },
  { variable: 'ECR_AUDIT_EXTERNAL_ID_FILE', path: ['organization', 'externalId'], read: asSecretFile },
  { variable: 'ECR_AUDIT_EXTERNAL_ID', path: ['organization', 'externalId'], read: asSecret },
  { variable: 'ECR_AUDIT_SCHEDULE', path: ['schedules', 'access'], read: asText },
  { variable: 'ECR_AUDIT_ACTIVITY_SCHEDULE', path: ['schedules', 'activity'], read: asText },
  { variable: 'ECR_AUDIT_LAST_ACCESSED_SCHEDULE', path: ['schedules', 'lastAccessed'], read: asText },
  { variable: 'ECR_AUDIT_MAINTENANCE_SCHEDULE', path: ['schedules', 'maintenance'], read: asText },
  { variable: 'ECR_AUDIT_ACCOUNTS_AT_A_TIME', path: ['limits', 'accountsAtATime'], read: asNumber },
  { variable: 'ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND', path: ['limits', 'lookupEventsPerSecond'], read: asNumber },
  { variable: 'ECR_AUDIT_METRICS_HOST', path: ['http', 'metricsHost'], read: asText },
  { variable: 'ECR_AUDIT_METRICS_PORT', path: ['http', 'metricsPort'], read: asNumber },
  { variable: 'DATABASE_URL_FILE', path: ['database', 'url'], read: asSecretFile },
  { variable: 'DATABASE_URL', path: ['database', 'url'], read: asSecret },
  { variable: 'REDIS_URL_FILE', path: ['redis', 'url'], read: asSecretFile },
  { variable: 'REDIS_URL', path: ['redis', 'url'], read: asSecret },
  { variable: 'HOST', path: ['http', 'host'], read: asText },
  { variable: 'PORT', path: ['http', 'apiPort'], read: asNumber },
  { variable: 'ECR_AUDIT_AUTH', path: ['api', 'authentication'], read: asText },
  { variable: 'LOG_LEVEL', path: ['logLevel'], read: asText },
];

/** Those that are set. An empty variable counts as one that is not, as compose files write it. */
export function overridesIn(environment: Environment): readonly Override[] {
  return configurationOverrides.filter(({ variable }) => (environment[variable] ?? '') !== '');
}

/** Gives the content of the file with what the environment says in its place; the content itself stays as it is. */
export function withOverrides(content: unknown, environment: Environment): unknown {
  return overridesIn(environment).reduce(
    (changed, { path, variable, read }) => replaced(changed, path, read(environment[variable] ?? '', variable)),
    content,
  );
}

function replaced(content: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return value;
  }
  if (content === undefined || content === null) {
    return { [key]: replaced(undefined, rest, value) };
  }
  // What is no map stays for the schema to refuse.
  return typeof content === 'object' && !Array.isArray(content)
    ? { ...content, [key]: replaced(Reflect.get(content, key), rest, value) }
    : content;
}
