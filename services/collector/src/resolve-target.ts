import { organizationOf } from '@ecr-audit/aws';
import type { AccountSelection, AuditConfiguration } from '@ecr-audit/runtime';
import { CollectorError } from './errors.ts';
import type { Reach } from './open-reach.ts';
import type { TargetPlan } from './target-plan.ts';

/** What is scanned again and again, and what its scans read. */
export interface CollectorTarget {
  readonly key: string;
  readonly name: string;
  readonly plan: TargetPlan;
}

/**
 * Tells what the configuration means for these credentials.
 *
 * A list of accounts is one target however it changes, named by the account whose credentials read it: under a name made of the
 * list, an account more would begin a history of its own. Throws `organizationUnknown`.
 */
export async function resolveTarget(
  { fleet, organization: organizationSession }: Pick<Reach, 'fleet' | 'organization'>,
  { organization, selection }: Pick<AuditConfiguration, 'organization' | 'selection'>,
): Promise<CollectorTarget> {
  const { caller, session } = fleet;
  const { accounts, fallbackRegions } = organization;
  // Without regions in the configuration the session has that of the AWS environment.
  const regions = organization.regions === 'all' ? 'all' : [...session.regions];
  const places: Pick<TargetPlan, 'partition' | 'regions' | 'fallbackRegions'> = {
    partition: caller.partition,
    regions,
    fallbackRegions: [...fallbackRegions],
  };
  if (accounts === 'discover') {
    const found = await organizationOf(organizationSession);
    switch (found.kind) {
      case 'noOrganization':
        throw new CollectorError(
          'organizationUnknown',
          `account \`${caller.accountId}\` is in no organization: list the accounts in the configuration, or write \`own\``,
        );
      case 'unread':
        throw new CollectorError('organizationUnknown', `cannot tell the organization: ${found.gap.message}`);
      case 'organization': {
        const { organizationId, managementAccountId } = found;
        const plan = {
          kind: 'organization',
          organizationId,
          managementAccountId,
          selection: plainSelection(selection),
          ...places,
        } as const;
        return { key: `organization:${organizationId}`, name: organizationId, plan };
      }
      default:
        return found satisfies never;
    }
  }
  if (accounts === 'own') {
    const { accountId } = caller;
    return {
      key: `account:${accountId}`,
      name: accountId,
      plan: { kind: 'accounts', accounts: [accountId], ...places },
    };
  }
  const { include, exclude } = selection;
  const chosen = [...new Set(accounts)]
    .filter((id) => (include.accounts.length === 0 || include.accounts.includes(id)) && !exclude.accounts.includes(id))
    .toSorted();
  return {
    key: `accounts:by-${caller.accountId}`,
    name: `accounts listed for ${caller.accountId}`,
    plan: { kind: 'accounts', accounts: chosen, ...places },
  };
}

function plainSelection({
  include,
  exclude,
}: AuditConfiguration['selection']): Extract<TargetPlan, { kind: 'organization' }>['selection'] {
  return { include: plainFilter(include), exclude: plainFilter(exclude) };
}

function plainFilter({ accounts, organizationalUnits, tags }: AccountSelection) {
  return { accounts: [...accounts], organizationalUnits: [...organizationalUnits], tags: { ...tags } };
}
