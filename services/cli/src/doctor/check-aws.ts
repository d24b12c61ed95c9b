import {
  activityRegions,
  asksForTags,
  AwsError,
  createAwsSession,
  discoverOrganization,
  openAwsFleet,
  probeClock,
  probeOrganization,
  selectAccounts,
  type AwsFleet,
  type AwsSession,
} from '@ecr-audit/aws';
import { ConfigurationError, readSecret, type AuditConfiguration } from '@ecr-audit/runtime';
import type { CommandContext } from '../context.ts';
import { counted } from '../report/counted.ts';
import { checkAccounts } from './check-accounts.ts';
import { ok, problem, warning, type Check } from './check.ts';
import { probeChecks, type ProbeNeeds } from './probe-checks.ts';

export interface AwsCheckOptions {
  readonly configuration: AuditConfiguration;
  readonly profile: string | undefined;
  /** Role that reads the one account of `accounts: own`. */
  readonly roleArn: string | undefined;
  /** Probe only these accounts; without it those of the configuration. */
  readonly accounts: readonly string[] | undefined;
  /** Probe only these regions; without it those of the configuration. */
  readonly regions: readonly string[] | undefined;
  readonly everyRegion: boolean;
}

// AWS refuses a signature that is more than five minutes off; a minute is where somebody should look.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
const clockSkewMsMax = 5 * 60_000;
const clockSkewMsDoubtful = 60_000;

/** Whose credentials these are, what they may read of the organization, and every call in every account. */
export async function checkAws(context: CommandContext, options: AwsCheckOptions): Promise<readonly Check[]> {
  const { configuration } = options;
  context.progress.update('asking AWS who this is');
  let fleet: AwsFleet;
  let externalId: string | null;
  try {
    externalId = await externalIdOf(configuration);
    fleet = await openAwsFleet({
      ...sessionOptions(options, externalId),
      ...(isOwn(options) && options.roleArn !== undefined ? { roleArn: options.roleArn } : {}),
      roleName: configuration.organization.roleName,
      lookupEventsPerSecond: configuration.limits.lookupEventsPerSecond,
    });
  } catch (error) {
    return [failure('credentials', error)];
  }
  context.lifecycle.defer('properEnd', () => fleet.close());
  const { accountId, arn } = fleet.caller;
  const checks = [
    ok('credentials', `\`${arn}\` in account ${accountId}`),
    ...(await checkClock(context, fleet.session)),
  ];
  const needs: ProbeNeeds = {
    allRegions: configuration.organization.regions === 'all',
    accountTags: asksForTags(configuration.selection),
  };
  const known = await chosenAccounts(context, { ...options, fleet, externalId, needs });
  return [
    ...checks,
    ...known.checks,
    ...(await checkAccounts(context, {
      ...options,
      needs,
      accountIds: known.accountIds,
      sessionOf: (id) => (isOwn(options) ? fleet.session : fleet.account(id)),
      closeAccount: (id) => fleet.closeAccount(id),
      activityRegionsOf: (regions) => activityRegions(regions, fleet.caller.partition),
    })),
  ];
}

/** The account of the credentials is read with them, and with no role between. */
function isOwn({ configuration, accounts }: AwsCheckOptions): boolean {
  return accounts === undefined && configuration.organization.accounts === 'own';
}

function sessionOptions(
  { configuration, profile, regions }: AwsCheckOptions,
  externalId: string | null,
): { readonly regions?: readonly string[]; readonly profile?: string; readonly externalId?: string } {
  const { organization } = configuration;
  const chosen = regions ?? (organization.regions === 'all' ? organization.fallbackRegions : organization.regions);
  return {
    ...(chosen.length === 0 ? {} : { regions: chosen }),
    ...(profile === undefined ? {} : { profile }),
    ...(externalId === null ? {} : { externalId }),
  };
}

async function externalIdOf({ organization }: AuditConfiguration): Promise<string | null> {
  return organization.externalId === null ? null : await readSecret(organization.externalId);
}

async function checkClock(context: CommandContext, session: AwsSession): Promise<readonly Check[]> {
  const aheadMs = await probeClock(session, context.now);
  if (aheadMs === null) {
    return [];
  }
  const skewMs = Math.abs(aheadMs);
  const message = `the clock of this machine is ${Math.round(skewMs / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} that of AWS`;
  const advice = 'set the clock by NTP: AWS refuses signatures that are five minutes off';
  if (skewMs > clockSkewMsMax) {
    return [problem('credentials', message, advice)];
  }
  return skewMs > clockSkewMsDoubtful
    ? [warning('credentials', message, advice)]
    : [ok('credentials', 'the clock of this machine agrees with that of AWS')];
}

/** Which accounts there are to probe, and what the organization answered on the way. */
async function chosenAccounts(
  context: CommandContext,
  options: AwsCheckOptions & {
    readonly fleet: AwsFleet;
    readonly externalId: string | null;
    readonly needs: ProbeNeeds;
  },
): Promise<{ readonly accountIds: readonly string[]; readonly checks: readonly Check[] }> {
  const { configuration, fleet, accounts } = options;
  const { organization, selection } = configuration;
  if (organization.accounts !== 'discover') {
    const all = accounts ?? (organization.accounts === 'own' ? [fleet.caller.accountId] : organization.accounts);
    return { accountIds: all, checks: [] };
  }
  context.progress.update('reading the organization');
  try {
    const session = await organizationSession(context, options);
    const probed = await probeOrganization(session, session.accountId ?? fleet.caller.accountId);
    const checks = [
      ...probeChecks('organization', probed.probes, { needs: options.needs, template: 'management-role.yaml' }),
    ];
    if (probed.kind === 'none') {
      const advice = 'list the accounts in `organization.accounts`, or use credentials of the management account';
      checks.push(problem('organization', 'the account belongs to no organization', advice));
      return { accountIds: accounts ?? [], checks };
    }
    const found = await discoverOrganization(session, { readAccountTags: options.needs.accountTags });
    if (found.kind === 'noOrganization') {
      return { accountIds: accounts ?? [], checks };
    }
    const choice = selectAccounts(found.accounts, selection);
    const advice = 'compare the ids with those of the organization';
    return {
      accountIds: accounts ?? choice.selected.map(({ id }) => id),
      checks: [
        ok(
          'organization',
          `${found.organizationId ?? 'the organization'}: ${counted(found.accounts.length, 'account')}, ${choice.selected.length} of them selected`,
        ),
        ...checks,
        ...(found.isAccountListWhole
          ? []
          : [warning('organization', 'the list of accounts is not whole: accounts may be missing below', null)]),
        ...choice.unmatched.map((id) =>
          warning('organization', `the selection names \`${id}\`, which is not in the organization`, advice),
        ),
      ],
    };
  } catch (error) {
    return { accountIds: accounts ?? [], checks: [failure('organization', error)] };
  }
}

/** The role for the organization is entered with the credentials themselves, and no other account through it. */
async function organizationSession(
  context: CommandContext,
  options: AwsCheckOptions & { readonly fleet: AwsFleet; readonly externalId: string | null },
): Promise<AwsSession> {
  const { managementRoleArn } = options.configuration.organization;
  if (managementRoleArn === null) {
    return options.fleet.session;
  }
  const session = await createAwsSession({
    ...sessionOptions(options, options.externalId),
    roleArn: managementRoleArn,
  });
  context.lifecycle.defer('properEnd', () => session.close());
  return session;
}

/** Errors of the credentials are findings here, since finding them is the purpose. */
function failure(area: 'credentials' | 'organization', error: unknown): Check {
  if (error instanceof AwsError || error instanceof ConfigurationError) {
    return problem(area, error.message, 'mend what is said, then run doctor again: nothing behind it was probed');
  }
  throw error;
}
