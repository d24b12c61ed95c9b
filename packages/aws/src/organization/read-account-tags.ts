import { paginateListTagsForResource } from '@aws-sdk/client-organizations';
import type { Tag } from '@aws-sdk/client-organizations';
import type { CollectionGap } from '@ecr-audit/access';

import { attempt } from '../attempt.ts';
import { requiredMember } from '../required-member.ts';
import type { AwsSession } from '../session.ts';
import { sortedBy } from '../snapshot-json.ts';
import { everyItem } from './organization-reader.ts';

/** Reads the tags of each account; one whose tags could not be read is absent, and its gap names it. */
export async function readAccountTags(
  session: AwsSession,
  accountIds: Iterable<string>,
): Promise<{ readonly tags: ReadonlyMap<string, readonly Tag[]>; readonly gaps: readonly CollectionGap[] }> {
  const tags = new Map<string, readonly Tag[]>();
  const gaps: CollectionGap[] = [];
  for (const accountId of accountIds) {
    const place = { accountId, region: null, source: 'organizations:ListTagsForResource', resource: accountId };
    const pages = paginateListTagsForResource({ client: session.organizations }, { ResourceId: accountId });
    const found = await attempt(session, place, () =>
      everyItem('ListTagsForResource', pages, (page) => requiredMember('Tags', page.Tags)),
    );
    if (found.kind === 'gap') {
      gaps.push(found.gap);
    } else {
      tags.set(
        accountId,
        sortedBy(found.value, (tag) => tag.Key),
      );
    }
  }
  return { tags, gaps };
}
