import { paginateListRegions } from '@aws-sdk/client-account';
import type { CollectionGap } from '@ecr-audit/access';

import { attempt, isPassingGap, passingGap } from './attempt.ts';
import { boundedPages } from './bounded-pages.ts';
import { isRegionName } from './regions.ts';
import { IncompleteAnswer, requiredMember } from './required-member.ts';
import type { AwsSession } from './session.ts';

// The largest page that the API gives, more than there are regions: one call tells them all.
const pageSize = 50;

/**
 * Gives the regions that an account can use, sorted: those enabled, and those on their way out, whose registries still
 * answer. Where the account does not tell, `fallback` and a gap, because registries elsewhere stay unseen.
 *
 * https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 */
export async function enabledRegions(
  session: AwsSession,
  accountId: string,
  fallback: readonly string[],
): Promise<{ readonly regions: readonly string[]; readonly gaps: readonly CollectionGap[] }> {
  const place = { accountId, region: null, source: 'account:ListRegions', resource: null };
  const listed = await attempt(session, place, async () => {
    const names: string[] = [];
    const pages = paginateListRegions(
      { client: session.account, pageSize },
      { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT', 'DISABLING'] },
    );
    for await (const page of boundedPages('account:ListRegions', pages)) {
      names.push(
        ...requiredMember('Regions', page.Regions).map((region) => requiredMember('RegionName', region.RegionName)),
      );
    }
    // A region becomes a host name and a folder name, so nothing that is not written as one may pass; to leave it out
    // in silence would hide its registries.
    if (names.length === 0 || !names.every(isRegionName)) {
      throw new IncompleteAnswer('RegionName as AWS writes regions');
    }
    return names.toSorted();
  });
  if (listed.kind === 'value') {
    return { regions: listed.value, gaps: [] };
  }
  const read = fallback.length === 0 ? 'none' : fallback.join(', ');
  const message = `${listed.gap.message}; regions read instead: ${read}`;
  return {
    regions: [...fallback].toSorted(),
    gaps: [passingGap({ ...listed.gap, message }, isPassingGap(listed.gap))],
  };
}
