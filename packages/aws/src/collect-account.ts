import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';
import pLimit from 'p-limit';

import { callerIdentity } from './caller-identity.ts';
import type { CallerIdentity } from './caller-identity.ts';
import { collectCloudTrail } from './cloudtrail/collect-cloudtrail.ts';
import { collectEcr } from './collect-ecr.ts';
import { collectIam } from './collect-iam.ts';
import type { Collection } from './collection.ts';
import { eventNamesFor } from './cloudtrail/event-names.ts';
import type { ActivityWindow } from './cloudtrail/lookup-events.ts';
import { homeRegion } from './regions.ts';
import type { AwsSession } from './session.ts';
import { sortedBy } from './snapshot-json.ts';
import { snapshotManifest, sortedGaps } from './snapshot-manifest.ts';

export type CollectionStep = 'iam' | 'ecr' | 'cloudtrail';

/** What happens while an account is read. `region` is null for IAM. */
export type CollectionProgress =
  | {
      readonly kind: 'started';
      readonly step: CollectionStep;
      readonly accountId: string;
      readonly region: string | null;
    }
  | {
      readonly kind: 'finished';
      readonly step: CollectionStep;
      readonly accountId: string;
      readonly region: string | null;
      readonly parts: number;
      readonly gaps: number;
    };

export interface AccountCollectionOptions {
  readonly takenAt: Date;
  /** Null leaves CloudTrail out, and records a gap for it. */
  readonly activityWindow: ActivityWindow | null;
  /** Without them those of the session. */
  readonly regions?: readonly string[];
  /** What could not be read before, in the choice of regions say: it goes into the snapshot with the rest. */
  readonly gaps?: readonly CollectionGap[];
  readonly pagesPerEventNameMax?: number;
  readonly onProgress?: (progress: CollectionProgress) => void;
}

export interface AccountCollection extends Collection {
  readonly caller: CallerIdentity;
}

/**
 * Reads the caller's account as a whole snapshot: its parts sorted by path, `snapshot.json` among them.
 *
 * Calls that fail become gaps. Throws an `AwsError` when the credentials do not work.
 */
export async function collectAccount(
  session: AwsSession,
  options: AccountCollectionOptions,
): Promise<AccountCollection> {
  const caller = await callerIdentity(session);
  const { accountId, partition } = caller;
  const regions = options.regions ?? session.regions;
  const { parts, gaps } = await collectEverything(session, {
    ...options,
    accountId,
    partition,
    regions,
    regionsAtATime: 1,
  });
  const manifest = snapshotManifest({ takenAt: options.takenAt, partition, gaps });
  return { caller, parts: sortedBy([...parts, manifest], (part) => part.path), gaps: sortedGaps(gaps) };
}

/** Reads IAM, then the registries, then the events of one account, the regions of each step side by side. */
export async function collectEverything(
  session: AwsSession,
  options: Omit<AccountCollectionOptions, 'takenAt' | 'regions'> & {
    readonly accountId: string;
    readonly partition: string;
    readonly regions: readonly string[];
    /** Each region has limits of its own. */
    readonly regionsAtATime: number;
  },
): Promise<Collection> {
  const { accountId, partition, regions } = options;
  const parts: SnapshotPart[] = [];
  const gaps: CollectionGap[] = [];

  const run = async (
    step: CollectionStep,
    region: string | null,
    collect: () => Promise<Collection>,
  ): Promise<void> => {
    options.onProgress?.({ kind: 'started', step, accountId, region });
    const collected = await collect();
    parts.push(...collected.parts);
    gaps.push(...collected.gaps);
    const counts = { parts: collected.parts.length, gaps: collected.gaps.length };
    options.onProgress?.({ kind: 'finished', step, accountId, region, ...counts });
  };

  await run('iam', null, () => collectIam(session, accountId));
  const limit = pLimit(options.regionsAtATime);
  await limit.map(regions, (region) => run('ecr', region, () => collectEcr(session, accountId, region)));
  await limit.map(activityRegions(regions, partition), (region) =>
    run('cloudtrail', region, async () =>
      options.activityWindow === null
        ? { parts: [], gaps: [activityLeftOut(accountId, region)] }
        : await collectCloudTrail(session, accountId, region, {
            ...options.activityWindow,
            eventNames: eventNamesFor({
              isHomeRegion: region === homeRegion(partition),
              isEcrRead: regions.includes(region),
            }),
            ...(options.pagesPerEventNameMax === undefined
              ? {}
              : { pagesPerEventNameMax: options.pagesPerEventNameMax }),
          }),
    ),
  );
  return { parts, gaps };
}

/** The home region is asked even where no registry of it is read, because IAM's changes are recorded there only. */
export function activityRegions(regions: readonly string[], partition: string): readonly string[] {
  return [...new Set([...regions, homeRegion(partition)])].toSorted();
}

function activityLeftOut(accountId: string, region: string): CollectionGap {
  return {
    accountId,
    region,
    source: 'cloudtrail:LookupEvents',
    resource: null,
    reason: 'notCollected',
    message: 'cloudtrail:LookupEvents was not asked: activity was left out of this collection',
  };
}
