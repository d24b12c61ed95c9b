import { githubProviderArn, identityCenterProviderArn } from '../documents.ts';
import { hexOf } from '../identifiers.ts';
import type { Account } from '../model.ts';
import { awsTime, bornAt } from '../times.ts';

/** The account's OpenID Connect and SAML providers. */
export function identityProviders(account: Account): Record<string, unknown> {
  const github = githubProviderArn(account.id);
  const identityCenter = identityCenterProviderArn(account.id);
  return {
    OpenIDConnectProviders: account.identityProviders.github
      ? [
          {
            Arn: github,
            Url: 'token.actions.githubusercontent.com',
            ClientIDList: ['sts.amazonaws.com'],
            ThumbprintList: [hexOf('thumbprint of the GitHub provider').slice(0, 40)],
            CreateDate: awsTime(bornAt(github)),
            Tags: [],
          },
        ]
      : [],
    SAMLProviders: account.identityProviders.identityCenter
      ? [
          {
            Arn: identityCenter,
            CreateDate: awsTime(bornAt(identityCenter)),
            ValidUntil: awsTime('2123-01-10T08:00:00Z'),
          },
        ]
      : [],
  };
}
