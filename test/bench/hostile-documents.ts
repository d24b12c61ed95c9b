/** Documents that somebody would write to make an evaluator slow. As texts, because some of them are no policies at all. */
export interface HostileDocuments {
  /** An inline policy of some roles. */
  readonly identity: string | null;
  /** The policy of some repositories. */
  readonly repository: string | null;
}

/** The longest text that is taken for a document: a hundred times what AWS allows. */
const LENGTH_MAX = 1_000_000;

type Statement = Readonly<Record<string, unknown>>;

/** By name. Each is made as large as a share of its full size says. */
export const hostileCases: Readonly<Record<string, (share: number) => HostileDocuments>> = {
  'patterns of * and ?': (share) => ({ identity: patterns(share), repository: null }),
  '10,000 statements': (share) => ({ identity: manyStatements(share), repository: null }),
  '8,000 statements on a repository': (share) => ({ identity: null, repository: manyStatementsForAll(share) }),
  'deep nesting': (share) => ({ identity: nesting(share), repository: null }),
  'condition lists': (share) => ({ identity: conditionLists(share), repository: null }),
  'denials that settle one another': (share) => ({ identity: denials(share), repository: null }),
  'denials on a repository': (share) => ({ identity: null, repository: denials(share, { Principal: '*' }) }),
  variables: (share) => ({ identity: variables(share), repository: null }),
  '2,000 principals on a repository': (share) => ({ identity: null, repository: manyPrincipals(share) }),
};

function document(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** As many members as fit into a share of the largest document. */
function filling(share: number, member: (index: number) => string): string[] {
  const members: string[] = [];
  let left = LENGTH_MAX * share - 2000;
  for (let index = 0; left > 0; index += 1) {
    const next = member(index);
    members.push(next);
    left -= next.length + 4;
  }
  return members.slice(0, -1);
}

/** Each pattern nearly matches a name of many `a`, in as many ways as there are ways to share them out. */
function patterns(share: number): string {
  const parts = ['a*', '*?', 'a?*', '*a*a'];
  return document([
    {
      Effect: 'Allow',
      Action: ['ecr:*P*u*t*I*m*a*g*e*', 'ecr:*?*?*?*', 'ecr:?*?*?*t?????'],
      Resource: filling(
        share,
        (index) => `arn:aws:ecr:*:*:repository/${parts[index % parts.length]?.repeat(40)}${index}b`,
      ),
    },
  ]);
}

/** A repository whose name ends with a 0 is met by one in seven, each under a condition of its own. */
function manyStatements(share: number): string {
  const statements = Array.from({ length: 10_000 * share }, (_, index) => ({
    Effect: index % 5 === 4 ? 'Deny' : 'Allow',
    Action: 'ecr:Put*',
    Resource: `arn:aws:ecr:*:*:*/*${index % 7}`,
    ...(index % 7 < 2 ? { Condition: { StringEquals: { 'aws:SourceVpce': `vpce-${index}` } } } : {}),
  }));
  return document(statements);
}

function manyStatementsForAll(share: number): string {
  const statements = Array.from({ length: 8000 * share }, (_, index) => ({
    Effect: index % 5 === 4 ? 'Deny' : 'Allow',
    Principal: '*',
    Action: 'ecr:Put*',
    Condition: { StringEquals: { 'aws:SourceVpce': `vpce-${index}` } },
  }));
  return document(statements);
}

function nesting(share: number): string {
  const depth = (LENGTH_MAX * share) / 2 - 100;
  return `{"Version":"2012-10-17","Statement":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

function conditionLists(share: number): string {
  const quarter = share / 4;
  return document([
    {
      Effect: 'Allow',
      Action: 'ecr:*',
      Resource: '*',
      Condition: {
        StringLike: {
          'aws:PrincipalArn': [...filling(quarter, (index) => `arn:aws:iam::*:role/*a*a*${index}z`), '*'],
        },
        StringEquals: { 'aws:SourceVpce': filling(quarter, (index) => `vpce-${index}`) },
        IpAddress: { 'aws:SourceIp': filling(quarter, (index) => `10.${index >> 8}.${index & 255}.0/24`) },
        StringNotLike: { 'aws:SourceVpc': filling(quarter, (index) => `*${index}*`) },
      },
    },
  ]);
}

/** Each even one leaves twenty endpoints, far ones different ones; each odd one forbids one: nothing is left in the end. */
function denials(share: number, more: Statement = {}): string {
  const endpoints = Array.from({ length: 300 * share + 20 }, (_, index) => `vpce-${index}`);
  const common = { ...more, Action: 'ecr:*', ...('Principal' in more ? {} : { Resource: '*' }) };
  return document([
    { Effect: 'Allow', ...common },
    ...endpoints.slice(20).flatMap((endpoint, index) => [
      {
        Effect: 'Deny',
        ...common,
        Condition: { StringNotEquals: { 'aws:SourceVpce': endpoints.slice(index, index + 20) } },
      },
      {
        Effect: 'Deny',
        ...common,
        Condition: { StringEquals: { 'aws:SourceVpce': endpoint, [`aws:PrincipalTag/t${index % 7}`]: `v${index}` } },
      },
    ]),
  ]);
}

function variables(share: number): string {
  const names = ['aws:PrincipalTag/team', 'aws:username', 'aws:SourceIp', "aws:PrincipalTag/none, 'default'"];
  return document([
    {
      Effect: 'Allow',
      Action: 'ecr:*',
      Resource: filling(
        share,
        (index) => `arn:aws:ecr:*:*:repository/*\${${names[index % names.length]}}*\${aws:PrincipalTag/env}*${index}`,
      ),
    },
  ]);
}

function manyPrincipals(share: number): string {
  const arns = Array.from({ length: 2000 * share }, (_, index) => `arn:aws:iam::905000000000:role/stranger-${index}`);
  return document([{ Effect: 'Allow', Principal: { AWS: arns }, Action: ['ecr:BatchGetImage', 'ecr:PutImage'] }]);
}
