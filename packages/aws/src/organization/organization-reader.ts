import type { CollectionGap } from '@ecr-audit/access';

import { attempt, refusedAccount } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import { boundedPages } from '../bounded-pages.ts';
import { IncompleteAnswer } from '../required-member.ts';
import { sdkErrorName } from '../sdk-error.ts';
import type { AwsSession } from '../session.ts';

/** Makes calls of Organizations and gathers their gaps, each of which touches every account unless it names one. */
export class OrganizationReader {
  readonly session: AwsSession;
  readonly gaps: CollectionGap[] = [];

  constructor(session: AwsSession) {
    this.session = session;
  }

  /** Gives the answer, or null and a gap. `operation` is that of Organizations, `ListRoots`. */
  async read<T>(
    operation: string,
    of: { readonly resource: string | null },
    call: () => Promise<T>,
  ): Promise<T | null> {
    const source = `organizations:${operation}`;
    const place = { accountId: null, region: null, source, resource: of.resource };
    const refused = await refusedAccount(this.session, place);
    if (refused !== null) {
      this.gaps.push(refused);
      return null;
    }
    const result: Attempt<T> = await attempt(this.session, place, call);
    if (result.kind === 'value') {
      return result.value;
    }
    this.gaps.push(result.gap.reason === 'accessDenied' ? withRemedy(result.gap) : result.gap);
    return null;
  }

  /** Records that what was read does not fit together, as happens when the organization changes in the middle. */
  inconsistent(operation: string, resource: string, message: string): void {
    const source = `organizations:${operation}`;
    this.gaps.push({
      accountId: null,
      region: null,
      source,
      resource,
      reason: 'failed',
      message: `cannot rely on ${source}: ${message}`,
    });
  }
}

/** Gathers the items of all pages. An empty page may be followed by others, so only a missing token ends them. */
export async function everyItem<Page, Item>(
  operation: string,
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of boundedPages(`organizations:${operation}`, pages)) {
    items.push(...itemsOf(page));
  }
  return items;
}

/** Gives null where the call says by an error that there is no such thing (any more). */
export async function nullWhere<T>(errorNames: readonly string[], call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (errorNames.includes(sdkErrorName(error))) {
      return null;
    }
    throw error;
  }
}

/** Gives an account id, which becomes part of role ARNs and folder names, or throws `IncompleteAnswer`. */
export function accountIdOf(text: string | undefined): string {
  if (text === undefined || !/^\d{12}$/.test(text)) {
    throw new IncompleteAnswer('Id of an account');
  }
  return text;
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html */
function withRemedy(gap: CollectionGap): CollectionGap {
  return {
    ...gap,
    message: `cannot read ${gap.source}: access denied; only the management account and delegated administrators may ask: use credentials or a role there that allow ${gap.source}`,
  };
}
