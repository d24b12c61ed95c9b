import {
  GetOpenIDConnectProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
} from '@aws-sdk/client-iam';
import type { CollectionGap } from '@ecr-audit/access';

import { attempt } from './attempt.ts';
import type { Collection } from './collection.ts';
import { requiredMember } from './required-member.ts';
import type { AwsSession } from './session.ts';
import { jsonPart, sortedBy } from './snapshot-json.ts';

/**
 * Reads the OIDC and SAML providers of an account. A list that could not be read is an absent key; a provider whose
 * details could not be read stands with its ARN only. The SAML metadata documents are left where they are.
 */
export async function collectIdentityProviders(session: AwsSession, accountId: string): Promise<Collection> {
  const oidc = await readOpenIdConnectProviders(session, accountId);
  const saml = await attempt(
    session,
    { accountId, region: null, source: 'iam:ListSAMLProviders', resource: null },
    async () =>
      requiredMember('SAMLProviderList', (await session.iam.send(new ListSAMLProvidersCommand({}))).SAMLProviderList),
  );
  const gaps = [...oidc.gaps, ...(saml.kind === 'gap' ? [saml.gap] : [])];
  if (oidc.providers === null && saml.kind === 'gap') {
    return { parts: [], gaps };
  }
  const content = {
    ...(oidc.providers === null ? {} : { OpenIDConnectProviders: oidc.providers }),
    ...(saml.kind === 'gap' ? {} : { SAMLProviders: sortedBy(saml.value, (provider) => provider.Arn) }),
  };
  return { parts: [jsonPart(`accounts/${accountId}/identity-providers.json`, content)], gaps };
}

async function readOpenIdConnectProviders(
  session: AwsSession,
  accountId: string,
): Promise<{ readonly providers: readonly object[] | null; readonly gaps: readonly CollectionGap[] }> {
  const list = await attempt(
    session,
    { accountId, region: null, source: 'iam:ListOpenIDConnectProviders', resource: null },
    async () =>
      requiredMember(
        'OpenIDConnectProviderList',
        (await session.iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList,
      ),
  );
  if (list.kind === 'gap') {
    return { providers: null, gaps: [list.gap] };
  }
  const providers: object[] = [];
  const gaps: CollectionGap[] = [];
  // The quota is 100 providers an account, and one after the other is quick enough.
  for (const { Arn } of sortedBy(list.value, (provider) => provider.Arn)) {
    if (Arn === undefined) {
      continue;
    }
    const details = await attempt(
      session,
      { accountId, region: null, source: 'iam:GetOpenIDConnectProvider', resource: Arn },
      () => session.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: Arn })),
    );
    if (details.kind === 'gap') {
      gaps.push(details.gap);
      providers.push({ Arn });
      continue;
    }
    const { $metadata: _, ...members } = details.value;
    providers.push({ Arn, ...members });
  }
  return { providers, gaps };
}
