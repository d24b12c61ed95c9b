import { AwsError, enabledRegions, probeAccount, type AwsSession } from '@ecr-audit/aws';
import type { AuditConfiguration } from '@ecr-audit/runtime';
import type { CommandContext } from '../context.ts';
import { problem, unknown, type Check } from './check.ts';
import { accountChecks, type ProbeNeeds } from './probe-checks.ts';

export interface AccountCheckOptions {
  readonly configuration: AuditConfiguration;
  readonly accountIds: readonly string[];
  readonly regions: readonly string[] | undefined;
  readonly everyRegion: boolean;
  readonly needs: ProbeNeeds;
  readonly sessionOf: (accountId: string) => AwsSession;
  readonly closeAccount: (accountId: string) => void;
  readonly activityRegionsOf: (regions: readonly string[]) => readonly string[];
}

// A region costs ten calls an account. Rights rarely differ between regions, and where `all` is configured there are
// seventeen and more of them: 500 accounts would cost 85,000 calls instead of 15,000.
const regionsProbedMax = 3;

/** Probes the accounts, as many side by side as a collector reads. */
export async function checkAccounts(context: CommandContext, options: AccountCheckOptions): Promise<readonly Check[]> {
  const { accountIds, configuration } = options;
  if (accountIds.length === 0) {
    return [unknown('accounts', 'no account was probed: none is known')];
  }
  const waiting = accountIds.map((accountId, index) => ({ accountId, index }));
  const found: (readonly Check[])[] = accountIds.map(() => []);
  let done = 0;
  const probeNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      context.progress.update('probing the accounts', `${done}/${accountIds.length}`);
      found[next.index] = await checkAccount(context, next.accountId, options);
      options.closeAccount(next.accountId);
      done += 1;
    }
  };
  const sideBySide = Math.min(configuration.limits.accountsAtATime, accountIds.length);
  await Promise.all(Array.from({ length: sideBySide }, async () => await probeNext()));
  return found.flat();
}

async function checkAccount(
  context: CommandContext,
  accountId: string,
  options: AccountCheckOptions,
): Promise<readonly Check[]> {
  const session = options.sessionOf(accountId);
  try {
    const { probed, left } = await regionsToProbe(session, accountId, options);
    const probes = await probeAccount(session, {
      accountId,
      regions: probed,
      activityRegions: options.activityRegionsOf(probed),
      now: context.now(),
    });
    return [...accountChecks(probes, options.needs), ...(probes.refusal === null ? leftOut(accountId, left) : [])];
  } catch (error) {
    if (error instanceof AwsError) {
      return [problem('accounts', `account ${accountId}: ${error.message}`, null)];
    }
    throw error;
  }
}

/** The regions of the options or the configuration; of `all` a few, because the others would hardly tell more. */
async function regionsToProbe(
  session: AwsSession,
  accountId: string,
  { configuration, regions, everyRegion }: AccountCheckOptions,
): Promise<{ readonly probed: readonly string[]; readonly left: readonly string[] }> {
  const { organization } = configuration;
  if (regions !== undefined || organization.regions !== 'all') {
    return { probed: regions ?? session.regions, left: [] };
  }
  if (session.member !== null && (await session.member.refusal()) !== null) {
    return { probed: [], left: [] };
  }
  const { regions: enabled } = await enabledRegions(session, accountId, organization.fallbackRegions);
  const preferred = [...session.regions.filter((region) => enabled.includes(region)), ...enabled];
  const ordered = [...new Set(preferred)];
  const count = everyRegion ? ordered.length : regionsProbedMax;
  return { probed: ordered.slice(0, count), left: ordered.slice(count) };
}

function leftOut(accountId: string, regions: readonly string[]): readonly Check[] {
  return regions.length === 0
    ? []
    : [
        {
          ...unknown(
            'accounts',
            `account ${accountId}: ${regions.length} more regions were not probed`,
            'add `--every-region`',
          ),
          accountId,
          regions,
        },
      ];
}
