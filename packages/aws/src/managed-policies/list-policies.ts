import { ListPoliciesCommand } from '@aws-sdk/client-iam';

import { attempt } from '../attempt.ts';
import type { Attempt } from '../attempt.ts';
import { AwsError } from '../errors.ts';
import { requiredMember } from '../required-member.ts';
import type { AwsSession } from '../session.ts';

/** A managed policy of AWS as it is listed, without its document. */
export interface ListedPolicyVersion {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
}

export interface PolicyListing {
  readonly policies: readonly ListedPolicyVersion[];
  /** Scheme, host and port that answered. */
  readonly endpoint: string;
}

// The most that IAM gives. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
const pageSize = 1000;
// AWS has some 1,500 policies of its own; an endpoint that never ends its pages meets this bound.
const pagesMax = 100;

const listSource = 'iam:ListPolicies';

/** Lists the policies that AWS manages, attached or not, with their default versions, by ARN; or says why not. */
export async function listPolicies(session: AwsSession, accountId: string): Promise<Attempt<PolicyListing>> {
  const place = { accountId, region: null, source: listSource, resource: null };
  return await attempt(session, place, async () => {
    const found = new Map<string, ListedPolicyVersion>();
    let endpoint = '';
    let marker: string | undefined;
    for (let page = 0; page < pagesMax; page += 1) {
      const command = new ListPoliciesCommand({
        Scope: 'AWS',
        MaxItems: pageSize,
        ...(marker === undefined ? {} : { Marker: marker }),
      });
      command.middlewareStack.add(
        (next) => async (args) => {
          endpoint = endpointOf(args.request);
          return await next(args);
        },
        { step: 'finalizeRequest', name: 'ecrAuditEndpoint' },
      );
      const answer = await session.iam.send(command);
      for (const { Arn, PolicyName, DefaultVersionId } of requiredMember('Policies', answer.Policies)) {
        const arn = requiredMember('Arn', Arn);
        const name = requiredMember('PolicyName', PolicyName);
        found.set(arn, { arn, name, version: requiredMember('DefaultVersionId', DefaultVersionId) });
      }
      if (!requiredMember('IsTruncated', answer.IsTruncated)) {
        return { policies: [...found.values()].toSorted((a, b) => (a.arn < b.arn ? -1 : 1)), endpoint };
      }
      marker = requiredMember('Marker', answer.Marker);
    }
    throw new AwsError('callFailed', `${listSource} did not end within ${pagesMax} pages`);
  });
}

function endpointOf(request: unknown): string {
  const member = (name: string): string => {
    const value: unknown = typeof request === 'object' && request !== null ? Reflect.get(request, name) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return `${member('protocol')}//${member('hostname')}:${member('port')}`;
}
