import { z } from 'zod';

import { held } from '../fake-call.ts';
import type { FakeCall, Operation } from '../fake-call.ts';
import { FakeError } from '../fake-error.ts';
import { pageOf } from '../paging.ts';
import { lastAccessedOperations } from './last-accessed.ts';
import { managedPolicyOperations } from './managed-policies.ts';
import { urlEncoded } from './url-encoded.ts';

const entityKinds = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;
type EntityKind = (typeof entityKinds)[number];
const listOf = {
  User: 'UserDetailList',
  Role: 'RoleDetailList',
  Group: 'GroupDetailList',
  LocalManagedPolicy: 'Policies',
  AWSManagedPolicy: 'Policies',
} as const;

const detailsInput = z.object({
  Filter: z.array(z.enum(entityKinds)).optional(),
  MaxItems: z.number().int().min(1).max(1000).default(100),
  Marker: z.string().optional(),
});

/** Pages run over all lists together, as in IAM: a page may end in the middle of the roles. */
function getAccountAuthorizationDetails(input: unknown, call: FakeCall): unknown {
  const { Filter, MaxItems, Marker } = detailsInput.parse(input);
  const details = held(call.account.authorizationDetails, call);
  const wanted = new Set<EntityKind>(Filter ?? entityKinds);
  const all = [
    ...details.UserDetailList.map((entity) => ({ kind: 'User' as const, entity })),
    ...details.GroupDetailList.map((entity) => ({ kind: 'Group' as const, entity })),
    ...details.RoleDetailList.map((entity) => ({ kind: 'Role' as const, entity })),
    ...details.Policies.map((entity) => ({ kind: policyKind(entity.Arn), entity })),
  ].filter(({ kind }) => wanted.has(kind));
  const page = pageOf(all, {
    token: Marker,
    size: Math.min(MaxItems, call.pageSizeMax),
    boundTo: [call.operation, [...wanted].toSorted()],
    onBadToken: () => new FakeError('ValidationError', 'Invalid Marker'),
  });
  const answer: Record<string, unknown[]> = {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  };
  for (const { kind, entity } of page.items) {
    answer[listOf[kind]]?.push(withEncodedDocuments(entity));
  }
  return {
    ...answer,
    IsTruncated: page.nextToken !== null,
    ...(page.nextToken === null ? {} : { Marker: page.nextToken }),
  };
}

function policyKind(arn: string): EntityKind {
  return arn.includes(':iam::aws:policy/') ? 'AWSManagedPolicy' : 'LocalManagedPolicy';
}

const documentMembers = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document']);

/** IAM answers documents URL-encoded by RFC 3986; the snapshot holds them decoded, or as text where they are no JSON. */
function withEncodedDocuments(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withEncodedDocuments);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [
      key,
      documentMembers.has(key)
        ? urlEncoded(typeof member === 'string' ? member : JSON.stringify(member))
        : withEncodedDocuments(member),
    ]),
  );
}

const providerInput = z.object({ OpenIDConnectProviderArn: z.string() });

function getOpenIdConnectProvider(input: unknown, call: FakeCall): unknown {
  const { OpenIDConnectProviderArn } = providerInput.parse(input);
  const providers = held(call.account.identityProviders?.OpenIDConnectProviders, call);
  const provider = providers.find(({ Arn }) => Arn === OpenIDConnectProviderArn);
  if (provider === undefined) {
    throw new FakeError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`, 404);
  }
  return provider;
}

export const iamOperations: Readonly<Record<string, Operation>> = {
  ...lastAccessedOperations,
  ...managedPolicyOperations,
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
  ListOpenIDConnectProviders: (_input, call) => ({
    OpenIDConnectProviderList: held(call.account.identityProviders?.OpenIDConnectProviders, call).map(({ Arn }) => ({
      Arn,
    })),
  }),
  GetOpenIDConnectProvider: getOpenIdConnectProvider,
  ListSAMLProviders: (_input, call) => ({
    SAMLProviderList: held(call.account.identityProviders?.SAMLProviders, call),
  }),
};
