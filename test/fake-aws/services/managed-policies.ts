import { z } from 'zod';

import { held } from '../fake-call.ts';
import type { FakeCall, Operation } from '../fake-call.ts';
import { FakeError } from '../fake-error.ts';
import { pageOf } from '../paging.ts';
import { urlEncoded } from './url-encoded.ts';

const versionSchema = z.looseObject({ VersionId: z.string(), Document: z.unknown() });
const policySchema = z.looseObject({
  Arn: z.string(),
  PolicyVersionList: z.array(versionSchema).default([]),
});

/** The managed policies of the caller's account. AWS lists its own whether they are attached or not; a snapshot has those that are. */
function policiesOf(call: FakeCall): z.output<typeof policySchema>[] {
  return z.array(policySchema).parse(held(call.account.authorizationDetails, call).Policies);
}

const listInput = z.object({
  Scope: z.enum(['All', 'AWS', 'Local']).default('All'),
  MaxItems: z.number().int().min(1).max(1000).default(100),
  Marker: z.string().optional(),
});

function listPolicies(input: unknown, call: FakeCall): unknown {
  const { Scope, MaxItems, Marker } = listInput.parse(input);
  const policies = policiesOf(call).filter(
    ({ Arn }) => Scope === 'All' || Arn.includes(':iam::aws:') === (Scope === 'AWS'),
  );
  const page = pageOf(policies, {
    token: Marker,
    size: Math.min(MaxItems, call.pageSizeMax),
    boundTo: [call.operation, Scope],
    onBadToken: () => new FakeError('ValidationError', 'Invalid Marker'),
  });
  return {
    Policies: page.items.map((policy) => ({ ...policy, PolicyVersionList: undefined })),
    IsTruncated: page.nextToken !== null,
    ...(page.nextToken === null ? {} : { Marker: page.nextToken }),
  };
}

const versionInput = z.object({ PolicyArn: z.string(), VersionId: z.string() });

function getPolicyVersion(input: unknown, call: FakeCall): unknown {
  const { PolicyArn, VersionId } = versionInput.parse(input);
  const policy = policiesOf(call).find(({ Arn }) => Arn === PolicyArn);
  const version = policy?.PolicyVersionList.find((each) => each.VersionId === VersionId);
  if (version === undefined) {
    throw new FakeError('NoSuchEntity', `Policy ${PolicyArn} version ${VersionId} does not exist.`, 404);
  }
  const { Document } = version;
  return {
    PolicyVersion: {
      ...version,
      Document: urlEncoded(typeof Document === 'string' ? Document : JSON.stringify(Document)),
    },
  };
}

export const managedPolicyOperations: Readonly<Record<string, Operation>> = {
  ListPolicies: listPolicies,
  GetPolicyVersion: getPolicyVersion,
};
