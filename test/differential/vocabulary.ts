/** Few names, so that what is generated apart meets: policies name principals, patterns name repositories. */

export const ACCOUNTS = ['111111111111', '222222222222', '333333333333'] as const;
/** A member of the organization that is never collected. */
export const UNCOLLECTED_MEMBER = '888888888888';
/** An account of nobody that we know. */
export const STRANGER = '999999999999';
export const REGIONS = ['eu-west-1', 'us-east-1', 'ap-south-1'] as const;
export const ORGANIZATION = 'o-house';
export const ROOT = 'r-1';

export const USERS = ['alice', 'bob'] as const;
export const ROLES = ['ci', 'deploy', 'team-app'] as const;
export const GROUPS = ['builders', 'all'] as const;
export const PATHS = ['/', '/team/', '/aws-service-role/ecr.amazonaws.com/'] as const;
/** Two sessions, of which policies name the first; roles are asked without a session's name. */
export const SESSIONS = ['nightly', 'other'] as const;
export const REPOSITORIES = ['app', 'core', 'team/app', 'team/core', 'app/web'] as const;

/** Two that differ in case alone, so that a repository may carry both. */
export const TAG_KEYS = ['team', 'Team', 'env'] as const;
export const TAG_VALUES = ['app', 'core', 'team'] as const;
/** What is a mark elsewhere: wildcards, variables, colons, separators. */
export const ODD_TAG_VALUES = ['*', '', 'a|b, "c', '${aws:username}', `${ACCOUNTS[0]}:repository/app`] as const;

export function unitId(index: number): string {
  return `ou-${index + 1}`;
}

export function repositoryArn(accountId: string, region: string, name: string): string {
  return `arn:aws:ecr:${region}:${accountId}:repository/${name}`;
}

export function principalArn(accountId: string, kind: 'user' | 'role', path: string, name: string): string {
  return `arn:aws:iam::${accountId}:${kind}${path}${name}`;
}

/** The unique id of a principal; one that was made again under its old name has another `generation`. */
export function uniqueId(kind: 'user' | 'role', accountId: string, name: string, generation: number): string {
  const letters = name.toUpperCase().replaceAll('-', '');
  return `${kind === 'user' ? 'AIDA' : 'AROA'}${letters}${accountId.slice(0, 3)}GEN${generation}`;
}
