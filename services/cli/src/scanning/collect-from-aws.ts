import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';
import {
  collectAccount,
  collectOrganization,
  enabledRegions,
  callerIdentity,
  minimalCalls,
  type CallLog,
  type CollectionProgress,
  type OrganizationProgress,
} from '@ecr-audit/aws';
import type { CommandContext } from '../context.ts';
import {
  activityWindowOf,
  asksForAllRegions,
  openAwsSession,
  openFleet,
  type AwsOptions,
} from '../options/aws-options.ts';
import { readsSeveralAccounts, selectionOf } from '../options/organization-options.ts';
import { counted } from '../report/counted.ts';
import { type CallFigures, callFigures } from './call-figures.ts';

export interface CollectedFromAws {
  readonly parts: readonly SnapshotPart[];
  readonly gaps: readonly CollectionGap[];
  readonly accountIds: readonly string[];
  readonly organizationId: string | null;
  readonly calls: readonly CallFigures[];
}

/** Reads what the options ask for, with progress; the session ends with the command. Notes what a reader should know. */
export async function collectFromAws(context: CommandContext, options: AwsOptions): Promise<CollectedFromAws> {
  const isSeveral = readsSeveralAccounts(options);
  const collected = isSeveral ? await collectSeveral(context, options) : await collectOne(context, options);
  const throttled = collected.calls.reduce((sum, each) => sum + each.throttled, 0);
  if (throttled > 0) {
    context.progress.note(
      `AWS throttled ${counted(throttled, 'attempt')}: the scan went slower for it, and what was lost to it is a gap`,
    );
  }
  return collected;
}

async function collectOne(context: CommandContext, options: AwsOptions): Promise<CollectedFromAws> {
  const session = await openAwsSession(options);
  context.lifecycle.defer('properEnd', () => session.close());
  const takenAt = context.now();
  const asked = asksForAllRegions(options)
    ? await enabledRegions(session, (await callerIdentity(session)).accountId, session.regions)
    : { regions: session.regions, gaps: [] };
  const { caller, parts, gaps } = await collectAccount(session, {
    takenAt,
    regions: asked.regions,
    gaps: asked.gaps,
    activityWindow: activityWindowOf(options, takenAt),
    onProgress: (progress) => context.progress.update(stepText(progress)),
  });
  const roles = options.roleArn === undefined ? 0 : 1;
  return {
    parts,
    gaps,
    accountIds: [caller.accountId],
    organizationId: null,
    calls: figuresOf(session.callLog, parts, {
      roles,
      regionLists: asksForAllRegions(options) ? 1 : 0,
      partition: caller.partition,
    }),
  };
}

async function collectSeveral(context: CommandContext, options: AwsOptions): Promise<CollectedFromAws> {
  const fleet = await openFleet(options);
  context.lifecycle.defer('properEnd', () => fleet.close());
  const takenAt = context.now();
  const { accountsAtATime } = options;
  const collected = await collectOrganization(fleet, {
    takenAt,
    activityWindow: activityWindowOf(options, takenAt),
    accounts: options.organization ? 'discover' : (options.accounts ?? []),
    selection: selectionOf(options),
    regions: asksForAllRegions(options) ? 'all' : fleet.session.regions,
    fallbackRegions: fleet.session.regions,
    ...(accountsAtATime === undefined ? {} : { accountsAtATime }),
    onProgress: tellOrganization(context),
  });
  const { parts, gaps, accounts, accountsUnread, organizationId } = collected;
  collected.notes.forEach((note) => context.progress.note(note));
  if (accountsUnread > 0) {
    context.progress.note(
      `${counted(accountsUnread, 'account')} of ${accounts.length} could not be read: what is there is unknown, and the gaps say why`,
    );
  }
  return {
    parts,
    gaps,
    accountIds: accounts,
    organizationId,
    calls: figuresOf(fleet.callLog, parts, {
      regionLists: asksForAllRegions(options) ? accounts.length - accountsUnread : 0,
      roles:
        collected.rolesAssumed + [options.roleArn, options.managementRoleArn].filter((arn) => arn !== undefined).length,
      partition: collected.caller.partition,
    }),
  };
}

function figuresOf(
  callLog: CallLog,
  parts: readonly SnapshotPart[],
  options: Parameters<typeof minimalCalls>[1],
): readonly CallFigures[] {
  return callFigures(callLog.counts(), minimalCalls(parts, options));
}

const stepNames = { iam: 'IAM', ecr: 'ECR', cloudtrail: 'CloudTrail' } as const;

function stepText({ step, accountId, region }: CollectionProgress): string {
  return `reading ${stepNames[step]} of ${accountId}${region === null ? '' : ` in ${region}`}`;
}

function tellOrganization({ progress }: CommandContext): (event: OrganizationProgress) => void {
  let step = 'reading accounts';
  let done = '0 done';
  return (event) => {
    switch (event.kind) {
      case 'discovering':
        return progress.update('finding the accounts to read');
      case 'selected':
        step = `reading ${counted(event.accounts, 'account')}`;
        if (event.leftOut > 0) {
          progress.note(`${counted(event.leftOut, 'account')} left out`);
        }
        return progress.update(step);
      case 'account':
        done = `${event.done} of ${event.total} done`;
        return progress.update(step, `(${done})`);
      case 'step':
        return event.progress.kind === 'started'
          ? progress.update(step, `(${done}, now ${stepText(event.progress).replace('reading ', '')})`)
          : undefined;
      default:
        return event satisfies never;
    }
  };
}
