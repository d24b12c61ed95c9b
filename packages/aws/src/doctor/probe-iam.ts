import {
  GenerateServiceLastAccessedDetailsCommand,
  GetAccountAuthorizationDetailsCommand,
  GetOpenIDConnectProviderCommand,
  GetServiceLastAccessedDetailsCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
} from '@aws-sdk/client-iam';

import type { AwsSession } from '../session.ts';
import { notProbed, probe, valueOf } from './probe.ts';
import type { Probe } from './probe.ts';

/** Tries what is asked of IAM: once an account, at most six calls. */
export async function probeIam(session: AwsSession, accountId: string): Promise<readonly Probe[]> {
  const place = { accountId, region: null };
  const { iam } = session;
  const details = await probe(session, 'iam:GetAccountAuthorizationDetails', place, () =>
    iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'], MaxItems: 1 })),
  );
  const providers = await probe(session, 'iam:ListOpenIDConnectProviders', place, () =>
    iam.send(new ListOpenIDConnectProvidersCommand({})),
  );
  const saml = await probe(session, 'iam:ListSAMLProviders', place, () => iam.send(new ListSAMLProvidersCommand({})));
  const roleArn = valueOf(details)?.RoleDetailList?.[0]?.Arn;
  const providerArn = valueOf(providers)?.OpenIDConnectProviderList?.[0]?.Arn;
  return [
    details.probe,
    providers.probe,
    saml.probe,
    providerArn === undefined
      ? notProbed('iam:GetOpenIDConnectProvider', place, 'there is no OIDC provider to ask about')
      : (
          await probe(
            session,
            'iam:GetOpenIDConnectProvider',
            place,
            () => iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn })),
            ['NoSuchEntity', 'NoSuchEntityException'],
          )
        ).probe,
    ...(await probeLastAccessed(session, accountId, roleArn)),
  ];
}

async function probeLastAccessed(
  session: AwsSession,
  accountId: string,
  roleArn: string | undefined,
): Promise<readonly Probe[]> {
  const place = { accountId, region: null };
  if (roleArn === undefined) {
    return [
      notProbed('iam:GenerateServiceLastAccessedDetails', place, 'there is no role to ask about'),
      notProbed('iam:GetServiceLastAccessedDetails', place, 'there is no role to ask about'),
    ];
  }
  const gone = ['NoSuchEntity', 'NoSuchEntityException'];
  const generated = await probe(
    session,
    'iam:GenerateServiceLastAccessedDetails',
    place,
    () =>
      session.iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn: roleArn, Granularity: 'SERVICE_LEVEL' })),
    gone,
  );
  const jobId = valueOf(generated)?.JobId;
  return [
    generated.probe,
    jobId === undefined
      ? notProbed('iam:GetServiceLastAccessedDetails', place, 'there is no report to ask for')
      : (
          await probe(
            session,
            'iam:GetServiceLastAccessedDetails',
            place,
            // The report need not be ready: whether it may be asked for is the question.
            () => session.iam.send(new GetServiceLastAccessedDetailsCommand({ JobId: jobId, MaxItems: 1 })),
            gone,
          )
        ).probe,
  ];
}
