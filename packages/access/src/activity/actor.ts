import { isAccountId, parseArn } from '@ecr-audit/policy';
import type { ActivityActor, ActivityActorKind } from './event.ts';
import { member, storableText, textMember } from './read-fields.ts';

/*
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */

const NOBODY: ActivityActor = {
  kind: 'unmapped',
  key: 'unmapped:',
  accountId: null,
  arn: null,
  name: null,
  sessionName: null,
  sourceIdentity: null,
  identityProvider: null,
  webIdentitySubject: null,
  identityCenterUserId: null,
  accessKeyId: null,
};

const NAME_LENGTH_MAX = 256;

// Keys stand in an index of Postgres, whose rows hold 2,704 bytes.
const KEY_LENGTH_MAX = 512;

/** Maps `userIdentity` to the principal that use is counted under. What is not understood is kept raw, as `unmapped`. */
export function actorOf(identity: unknown): ActivityActor {
  const actor = mappedActor(identity);
  return actor.key.length > KEY_LENGTH_MAX ? { ...actor, key: storableText(actor.key, KEY_LENGTH_MAX) } : actor;
}

function mappedActor(identity: unknown): ActivityActor {
  const type = textMember(identity, 'type', NAME_LENGTH_MAX);
  const accountId = accountOf(identity);
  const common = { ...NOBODY, accountId, accessKeyId: textMember(identity, 'accessKeyId', 128) };
  switch (type) {
    case 'IAMUser':
      return userActor(identity, common);
    case 'AssumedRole':
    case 'Role':
      return sessionActor(identity, common);
    case 'FederatedUser':
      return federatedActor(identity, common);
    case 'Root':
      return rootActor(common, accountId);
    case 'AWSAccount':
      return accountActor(identity, common);
    case 'AWSService':
      return serviceActor(identity, common);
    case 'WebIdentityUser':
      return assertedActor('webIdentity', identity, common);
    case 'SAMLUser':
      return assertedActor('saml', identity, common);
    case null:
      // Events that AWS makes of its own accord name no type: `{accountId, invokedBy}`, or nothing at all.
      return serviceActor(identity, common);
    default:
      return unmappedActor(type, identity, common);
  }
}

function userActor(identity: unknown, common: ActivityActor): ActivityActor {
  const arn = iamArn(textMember(identity, 'arn'), 'user/');
  const name = textMember(identity, 'userName', NAME_LENGTH_MAX) ?? lastSegment(arn);
  const id = uniqueId(textMember(identity, 'principalId', NAME_LENGTH_MAX), 'AIDA');
  const sourceIdentity = textMember(member(identity, 'sessionContext'), 'sourceIdentity', NAME_LENGTH_MAX);
  return { ...common, kind: 'user', key: id ?? namedKey('user', common.accountId, name), arn, name, sourceIdentity };
}

/** A session counts for its role: by the unique id of the issuer, then by the role's name, which an account has once. */
function sessionActor(identity: unknown, common: ActivityActor): ActivityActor {
  const context = member(identity, 'sessionContext');
  const issuer = member(context, 'sessionIssuer');
  const principalId = textMember(identity, 'principalId', NAME_LENGTH_MAX * 2);
  const sessionArn = parseArn(textMember(identity, 'arn') ?? '');
  const [, roleFromArn = null, sessionFromArn = null] = sessionArn?.resource.split('/') ?? [];
  const id =
    uniqueId(textMember(issuer, 'principalId', NAME_LENGTH_MAX), 'AROA') ??
    uniqueId(principalId?.split(':', 1)[0] ?? null, 'AROA');
  const arn = iamArn(textMember(issuer, 'arn'), 'role/');
  const name = textMember(issuer, 'userName', NAME_LENGTH_MAX) ?? lastSegment(arn) ?? roleFromArn;
  const accountId = accountOf(issuer) ?? common.accountId ?? accountIdOr(sessionArn?.accountId);
  return {
    ...common,
    kind: 'role',
    key: id ?? namedKey('role', accountId, name),
    accountId,
    arn,
    name,
    sessionName: afterColon(principalId) ?? sessionFromArn,
    sourceIdentity: textMember(context, 'sourceIdentity', NAME_LENGTH_MAX),
    identityProvider: textMember(member(context, 'webIdFederationData'), 'federatedProvider'),
    identityCenterUserId: textMember(member(identity, 'onBehalfOf'), 'userId', NAME_LENGTH_MAX),
  };
}

/** The session of GetFederationToken has the rights of the user who asked for it, so it counts for that user. */
function federatedActor(identity: unknown, common: ActivityActor): ActivityActor {
  const issuer = member(member(identity, 'sessionContext'), 'sessionIssuer');
  const sessionName = afterColon(textMember(identity, 'principalId', NAME_LENGTH_MAX * 2));
  const accountId = accountOf(issuer) ?? common.accountId;
  if (textMember(issuer, 'type', NAME_LENGTH_MAX) === 'Root') {
    return { ...rootActor(common, accountId), kind: 'federatedUser', sessionName };
  }
  return { ...userActor(issuer, { ...common, accountId }), kind: 'federatedUser', sessionName };
}

function rootActor(common: ActivityActor, accountId: string | null): ActivityActor {
  return { ...common, kind: 'root', key: `root:${accountId ?? ''}`, accountId, name: 'root' };
}

/**
 * Somebody of another account, as the owner of what was called sees it: an account and a principal id without an ARN. The
 * id is the same that the other account has for the user or role.
 */
function accountActor(identity: unknown, common: ActivityActor): ActivityActor {
  const principalId = textMember(identity, 'principalId', NAME_LENGTH_MAX * 2);
  const [head = ''] = principalId?.split(':', 1) ?? [];
  const roleId = uniqueId(head, 'AROA');
  if (roleId !== null) {
    return { ...common, kind: 'role', key: roleId, sessionName: afterColon(principalId) };
  }
  const userId = uniqueId(head, 'AIDA');
  if (userId !== null) {
    return { ...common, kind: 'user', key: userId };
  }
  return common.accountId === null
    ? unmappedActor('AWSAccount', identity, common)
    : { ...common, kind: 'account', key: `account:${common.accountId}` };
}

function serviceActor(identity: unknown, common: ActivityActor): ActivityActor {
  const name = textMember(identity, 'invokedBy', NAME_LENGTH_MAX) ?? 'AWS Internal';
  return { ...common, kind: 'service', key: `service:${name}`, name };
}

function assertedActor(kind: 'webIdentity' | 'saml', identity: unknown, common: ActivityActor): ActivityActor {
  const identityProvider = textMember(identity, 'identityProvider');
  const subject = textMember(identity, 'userName', NAME_LENGTH_MAX * 2);
  const key = `${kind}:${identityProvider ?? ''}:${subject ?? ''}`;
  return { ...common, kind, key, name: subject, identityProvider, webIdentitySubject: subject };
}

function unmappedActor(type: string, identity: unknown, common: ActivityActor): ActivityActor {
  const name =
    textMember(identity, 'principalId', NAME_LENGTH_MAX) ?? textMember(identity, 'userName', NAME_LENGTH_MAX);
  const identityCenterUserId = textMember(member(identity, 'onBehalfOf'), 'userId', NAME_LENGTH_MAX);
  const key = `unmapped:${type}:${common.accountId ?? ''}:${name ?? identityCenterUserId ?? ''}`;
  return { ...common, kind: 'unmapped', key, name, identityCenterUserId };
}

function accountOf(identity: unknown): string | null {
  return accountIdOr(textMember(identity, 'accountId', NAME_LENGTH_MAX));
}

function accountIdOr(text: string | null | undefined): string | null {
  return text !== null && text !== undefined && isAccountId(text) ? text : null;
}

// Ids of 21 characters are the usual ones; the documentation promises no length.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
function uniqueId(text: string | null, prefix: 'AIDA' | 'AROA'): string | null {
  return text !== null && text.startsWith(prefix) && /^[A-Z0-9]{16,128}$/.test(text) ? text : null;
}

/** The ARN of a user or role itself, and of nothing else. */
function iamArn(text: string | null, resourcePrefix: string): string | null {
  const arn = parseArn(text ?? '');
  return arn?.service === 'iam' && arn.resource.startsWith(resourcePrefix) ? text : null;
}

function lastSegment(arn: string | null): string | null {
  return arn === null ? null : arn.slice(arn.lastIndexOf('/') + 1) || null;
}

function afterColon(text: string | null): string | null {
  const at = text?.indexOf(':') ?? -1;
  return text === null || at === -1 ? null : text.slice(at + 1) || null;
}

function namedKey(kind: ActivityActorKind, accountId: string | null, name: string | null): string {
  return name === null ? `unmapped:${kind}:${accountId ?? ''}:` : `${kind}:${accountId ?? ''}/${name}`;
}
