import { z } from 'zod';

import type { FakeCall, Operation } from '../fake-call.ts';
import { accessDenied, FakeError } from '../fake-error.ts';
import { pageOf } from '../paging.ts';

const listRegionsInput = z.object({
  AccountId: z.string().optional(),
  MaxResults: z.number().int().min(1).max(50).default(20),
  NextToken: z.string().optional(),
  RegionOptStatusContains: z.array(z.string()).optional(),
});

/**
 * The regions that the snapshot holds of the account are enabled, some more by default, and one is not.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 */
function listRegions(input: unknown, call: FakeCall): unknown {
  const request = listRegionsInput.parse(input);
  if (request.AccountId !== undefined && request.AccountId !== call.accountId) {
    throw accessDenied({ service: 'account', operation: 'ListRegions', callerArn: call.caller.arn, resource: '*' });
  }
  const all = [...call.account.regions.keys()]
    .map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED_BY_DEFAULT' }))
    .concat([{ RegionName: 'af-south-1', RegionOptStatus: 'DISABLED' }])
    .filter(({ RegionOptStatus }) => request.RegionOptStatusContains?.includes(RegionOptStatus) ?? true);
  const page = pageOf(all, {
    token: request.NextToken,
    size: Math.min(request.MaxResults, call.pageSizeMax),
    boundTo: [call.operation, call.accountId, request.RegionOptStatusContains],
    onBadToken: () => new FakeError('ValidationException', 'Invalid token'),
  });
  return { Regions: page.items, ...(page.nextToken === null ? {} : { NextToken: page.nextToken }) };
}

export const accountOperations: Readonly<Record<string, Operation>> = { ListRegions: listRegions };
