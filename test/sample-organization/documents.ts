import type { PolicyDocument, Statement } from './model.ts';

/** What pulling an image asks of the repository. */
export const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** What pushing an image asks of the repository. */
export const push = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];

export function policy(...statements: Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** A document in the old version of the language, which has no variables. Many repositories still carry one. */
export function policyOf2008(...statements: Statement[]): PolicyDocument {
  return { Version: '2008-10-17', Statement: statements };
}

export function allow(statement: Omit<Statement, 'Effect'>): Statement {
  const { Sid, ...rest } = statement;
  return { ...(Sid === undefined ? {} : { Sid }), Effect: 'Allow', ...rest };
}

export function deny(statement: Omit<Statement, 'Effect'>): Statement {
  const { Sid, ...rest } = statement;
  return { ...(Sid === undefined ? {} : { Sid }), Effect: 'Deny', ...rest };
}

/** The login that every pull and push begins with: no repository can grant it. */
export const login = allow({ Sid: 'Login', Action: 'ecr:GetAuthorizationToken', Resource: '*' });

export function trustService(service: string): PolicyDocument {
  return policy(allow({ Principal: { Service: service }, Action: 'sts:AssumeRole' }));
}

export function trustAccount(accountId: string): PolicyDocument {
  return policy(allow({ Principal: { AWS: rootArn(accountId) }, Action: 'sts:AssumeRole' }));
}

export function trustIdentityCenter(accountId: string): PolicyDocument {
  return policy(
    allow({
      Principal: { Federated: identityCenterProviderArn(accountId) },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    }),
  );
}

/** Without `subjects` any workflow of any GitHub repository in the world may take the role. */
export function trustGitHub(accountId: string, subjects: string[] | null): PolicyDocument {
  const audience = { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' };
  const subject = 'token.actions.githubusercontent.com:sub';
  return policy(
    allow({
      Principal: { Federated: githubProviderArn(accountId) },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: audience,
        ...(subjects === null ? {} : { StringLike: { [subject]: subjects } }),
      },
    }),
  );
}

export function rootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}

export function roleArn(accountId: string, pathAndName: string): string {
  return `arn:aws:iam::${accountId}:role/${pathAndName}`;
}

export function userArn(accountId: string, pathAndName: string): string {
  return `arn:aws:iam::${accountId}:user/${pathAndName}`;
}

export function repositoryArn(accountId: string, region: string, name: string): string {
  return `arn:aws:ecr:${region}:${accountId}:repository/${name}`;
}

export function githubProviderArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
}

export function identityCenterProviderArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:saml-provider/AWSSSO_7c1e5d90b3f2a846_DO_NOT_DELETE`;
}
