import { isAccountId, parseArn, type RequestPrincipal } from '@ecr-audit/policy';
import type { PrincipalRef } from '../principal.ts';
import type { IamPrincipal, Snapshot } from '../snapshot/model.ts';

/** Who asks, with everything that the snapshot knows of it. */
export interface Caller {
  readonly ref: PrincipalRef;
  readonly request: RequestPrincipal;
  /** The user or role behind it; null for root users, services, and principals whose account was not read. */
  readonly iam: IamPrincipal | null;
  /** Null where the caller's own policies cannot be known; then `request` names it and nothing more. */
  readonly side: 'policies' | 'everything' | 'nothing' | 'unknown';
  readonly isServiceLinkedRole: boolean;
}

export type CallerResult =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Finds the principal that a text names: an ARN of a user, role, role session, federated user or root user, an
 * account id, a unique id, or a service principal.
 *
 * A principal of an account that the snapshot does not hold is a caller whose side is unknown; one that its account
 * certainly does not have is an error.
 */
export function findCaller(snapshot: Snapshot, text: string): CallerResult {
  if (isAccountId(text)) {
    return found(rootCaller(snapshot, text));
  }
  if (isServiceName(text)) {
    return found(serviceCaller(snapshot, text));
  }
  const byId = findById(snapshot, text);
  if (byId !== null) {
    return found(iamCaller(snapshot, byId, null));
  }
  const arn = parseArn(text);
  if (arn === null || !isAccountId(arn.accountId) || (arn.service !== 'iam' && arn.service !== 'sts')) {
    return error(
      text,
      'expected the ARN of a user, a role or a role session, such as `arn:aws:iam::111122223333:role/deploy`',
    );
  }
  if (arn.partition !== snapshot.partition) {
    return error(text, `expected a principal of the partition \`${snapshot.partition}\` of this snapshot`);
  }
  const [type = '', ...rest] = arn.resource.split('/');
  if (arn.service === 'iam' && arn.resource === 'root') {
    return found(rootCaller(snapshot, arn.accountId));
  }
  if (
    arn.service === 'iam' &&
    (type === 'user' || type === 'role') &&
    rest.every((part) => part !== '') &&
    rest.length > 0
  ) {
    return iamByArn(snapshot, text, type, arn.accountId);
  }
  if (arn.service === 'sts' && type === 'assumed-role' && rest.length === 2 && rest[0] && rest[1]) {
    return sessionByName(snapshot, text, { accountId: arn.accountId, roleName: rest[0], sessionName: rest[1] });
  }
  if (arn.service === 'sts' && type === 'federated-user' && rest.length === 1 && rest[0]) {
    return found(strangerCaller(snapshot, text, 'federatedUser', arn.accountId));
  }
  return error(text, 'expected the ARN of a user, a role, a role session, a federated user or a root user');
}

/** Anybody in AWS outside the accounts of the snapshot: whom `*` lets in. */
export function anyoneOutside(snapshot: Snapshot): Caller {
  return {
    ref: { id: 'external:*', arn: '*', kind: 'external', accountId: null, name: 'anyone outside the snapshot' },
    request: { ...stranger(snapshot, '*', 'outsider', null) },
    iam: null,
    side: 'unknown',
    isServiceLinkedRole: false,
  };
}

export function iamCaller(snapshot: Snapshot, principal: IamPrincipal, sessionArn: string | null): Caller {
  const accountId = parseArn(principal.arn)?.accountId ?? '';
  const sessionName = sessionArn?.split('/').at(-1) ?? null;
  const isSession = sessionName !== null;
  return {
    ref: {
      id: isSession ? `${principal.id}:${sessionName}` : principal.id,
      arn: sessionArn ?? principal.arn,
      kind: isSession ? 'session' : principal.kind,
      accountId,
      name: isSession ? `${principal.name}/${sessionName}` : principal.name,
    },
    request: {
      kind: principal.kind,
      partition: snapshot.partition,
      accountId,
      arn: principal.arn,
      sessionArn,
      uniqueId: principal.id,
      hasPermissionsBoundary: principal.permissionsBoundaryArn !== null,
      federatedProvider: null,
    },
    iam: principal,
    side: 'policies',
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
    isServiceLinkedRole: principal.kind === 'role' && isServiceLinkedPath(principal.arn),
  };
}

export function rootCaller(snapshot: Snapshot, accountId: string): Caller {
  const arn = `arn:${snapshot.partition}:iam::${accountId}:root`;
  // Of an account that was not collected nothing is known, its root user included: whoever it is asks from outside.
  if (!snapshot.accounts.has(accountId)) {
    return {
      ...strangerCaller(snapshot, arn, 'outsider', accountId),
      ref: { id: `external:${arn}`, arn, kind: 'external', accountId, name: `account ${accountId}` },
    };
  }
  return {
    ref: { id: `root:${accountId}`, arn, kind: 'root', accountId, name: 'root' },
    request: stranger(snapshot, arn, 'root', accountId),
    iam: null,
    side: 'everything',
    isServiceLinkedRole: false,
  };
}

export function serviceCaller(snapshot: Snapshot, name: string): Caller {
  return {
    ref: { id: `service:${name}`, arn: name, kind: 'service', accountId: null, name },
    request: stranger(snapshot, name, 'service', null),
    iam: null,
    side: 'nothing',
    isServiceLinkedRole: false,
  };
}

/** `lambda.amazonaws.com`, `ecs-tasks.amazonaws.com.cn`. */
function isServiceName(text: string): boolean {
  return !text.includes(':') && (text.endsWith('.amazonaws.com') || text.endsWith('.amazonaws.com.cn'));
}

function isServiceLinkedPath(arn: string): boolean {
  return parseArn(arn)?.resource.startsWith('role/aws-service-role/') === true;
}

function iamByArn(snapshot: Snapshot, text: string, type: 'user' | 'role', accountId: string): CallerResult {
  const account = snapshot.accounts.get(accountId);
  if (account?.iam === undefined || account.iam === null) {
    return found(strangerCaller(snapshot, text, type, accountId));
  }
  const principal = account.iam.principalsByArn.get(text);
  return principal === undefined
    ? error(text, `account \`${accountId}\` of this snapshot has no such ${type}: expected its full ARN, with the path`)
    : found(iamCaller(snapshot, principal, null));
}

interface SessionName {
  readonly accountId: string;
  readonly roleName: string;
  readonly sessionName: string;
}

/** A session's ARN has the role's name and no path. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumedRoleUser.html */
function sessionByName(snapshot: Snapshot, text: string, session: SessionName): CallerResult {
  const account = snapshot.accounts.get(session.accountId);
  if (account?.iam === undefined || account.iam === null) {
    return found(strangerCaller(snapshot, text, 'role', session.accountId));
  }
  const role = account.iam.rolesByName.get(session.roleName);
  return role === undefined
    ? error(text, `account \`${session.accountId}\` of this snapshot has no role named \`${session.roleName}\``)
    : found(iamCaller(snapshot, role, text));
}

function findById(snapshot: Snapshot, id: string): IamPrincipal | null {
  for (const account of snapshot.accounts.values()) {
    const principal = account.iam?.principalsById.get(id);
    if (principal !== undefined) {
      return principal;
    }
  }
  return null;
}

function strangerCaller(snapshot: Snapshot, text: string, kind: RequestPrincipal['kind'], accountId: string): Caller {
  return {
    ref: { id: `external:${text}`, arn: text, kind: 'external', accountId, name: parseArn(text)?.resource ?? text },
    request: stranger(snapshot, text, kind, accountId),
    iam: null,
    side: 'unknown',
    isServiceLinkedRole: isServiceLinkedPath(text),
  };
}

function stranger(
  snapshot: Snapshot,
  text: string,
  kind: RequestPrincipal['kind'],
  accountId: string | null,
): RequestPrincipal {
  const isSession = text.includes(':assumed-role/');
  return {
    kind,
    partition: snapshot.partition,
    accountId,
    arn: text,
    sessionArn: isSession ? text : null,
    uniqueId: null,
    hasPermissionsBoundary: false,
    federatedProvider: null,
  };
}

function found(caller: Caller): CallerResult {
  return { kind: 'caller', caller };
}

function error(text: string, expectation: string): CallerResult {
  const textLengthMax = 200;
  return { kind: 'error', message: `cannot find the principal \`${text.slice(0, textLengthMax)}\`: ${expectation}` };
}
