import { parsePolicyDocument, type Template } from '@ecr-audit/policy';
import type { AccountSnapshot, OrganizationAccount, Repository, Snapshot } from '../snapshot/model.ts';
import { type EcrStatements } from './ecr-statements.ts';

/*
 * A policy may be all that lets somebody pull from an account that was not read, such as the ones from which AWS gives out
 * images. So whether a policy adds anything is also asked of stand-ins: repositories of such accounts that let everybody in, on
 * which the caller's own side decides alone.
 */

/** Stands for any account that was not read and that no policy names. */
const ANY_ACCOUNT = '000000000000';
const ANY_TEXT = 'zz';

// One for each pattern: an organization with more tells few apart by them. Beyond it nothing is said.
const STAND_INS_MAX = 2000;

export interface Elsewhere {
  /** The snapshot with the accounts of the stand-ins in it. */
  readonly snapshot: Snapshot;
  readonly repositories: readonly Repository[];
}

/** Stand-ins for the repositories outside of the snapshot that policies can mean; null where there are too many. */
export function elsewhereOf(snapshot: Snapshot, policies: Iterable<EcrStatements>): Elsewhere | null {
  const region = [...snapshot.accounts.values()].flatMap(({ regions }) => [...regions.keys()]).toSorted()[0];
  if (region === undefined) {
    return { snapshot, repositories: [] };
  }
  const arns = new Set([`arn:${snapshot.partition}:ecr:${region}:${ANY_ACCOUNT}:repository/${ANY_TEXT}`]);
  for (const { allows, denies } of policies) {
    for (const { statement } of [...allows, ...denies]) {
      const patterns = statement.resource?.kind === 'readable' ? statement.resource.value.patterns : [];
      patterns.forEach(({ template }) => arns.add(instanceOf(template, region)));
    }
  }
  const repositories = [...arns].toSorted().flatMap((arn) => repositoryOf(snapshot, arn) ?? []);
  return repositories.length > STAND_INS_MAX ? null : { snapshot: withAccounts(snapshot, repositories), repositories };
}

/** A text that the pattern matches, with the wildcards of an ARN's parts filled in by what fits there. */
function instanceOf(template: Template, region: string): string {
  const parts = template.map(textOf).join('').split(':');
  const fillers = new Map([
    [3, region],
    [4, ANY_ACCOUNT],
  ]);
  return parts.map((part, index) => (part === ANY_TEXT ? (fillers.get(index) ?? part) : part)).join(':');
}

function textOf(token: Template[number]): string {
  return token.kind === 'text' ? token.text : token.kind === 'one' ? 'z' : ANY_TEXT;
}

/** Null for what is no repository, and for repositories of accounts that were read: those are there or they are not. */
function repositoryOf(snapshot: Snapshot, arn: string): Repository | null {
  const [, partition, service, region = '', accountId = '', resource = '', ...more] = arn.split(':');
  const name = resource.startsWith('repository/') ? resource.slice('repository/'.length) : '';
  return partition === snapshot.partition &&
    service === 'ecr' &&
    /^\d{12}$/.test(accountId) &&
    name !== '' &&
    more.length === 0 &&
    !snapshot.accounts.has(accountId)
    ? { arn, accountId, region, name, policy: OPEN, tags: null }
    : null;
}

const OPEN: Repository['policy'] = {
  kind: 'policy',
  named: {
    policy: 'stand-in',
    document: parsePolicyDocument(
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 'ecr:*' } },
      'resource',
    ),
  },
};

function withAccounts(snapshot: Snapshot, repositories: readonly Repository[]): Snapshot {
  const accounts = new Map<string, AccountSnapshot>(snapshot.accounts);
  const members = new Map<string, OrganizationAccount>(snapshot.organization?.accounts ?? []);
  for (const [id, own] of Map.groupBy(repositories, ({ accountId }) => accountId)) {
    const regions = new Map(
      own.map(({ region }) => [
        region,
        { region, repositories: null, registry: { policy: { kind: 'none' }, scope: 'V2' } } as const,
      ]),
    );
    accounts.set(id, { id, iam: null, regions, cloudTrailWindows: new Map() });
    // No RCP is above it: what there is on the other side is taken to allow.
    members.set(id, { id, name: id, levels: [] });
  }
  const organization = snapshot.organization === null ? null : { ...snapshot.organization, accounts: members };
  return { ...snapshot, accounts, organization };
}
