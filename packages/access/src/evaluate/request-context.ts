import { ABSENT, type KeyValue, present, type RequestContext, UNKNOWN, UNREAD } from '@ecr-audit/policy';
import type { OrganizationAccount, OrganizationSnapshot, Snapshot, Tag } from '../snapshot/model.ts';
import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { Caller } from './caller.ts';
import type { Target } from './target.ts';

/** Unknown, and not absent even where the asker states all there is to state. */
const SOME_REGION: KeyValue = { kind: 'other', than: [] };

/** Keys that the asker states, in lower case; null states that the key is absent. */
export type GivenContext = ReadonlyMap<string, readonly string[] | null>;

/** The context of a request, and which keys the policies asked it for. */
export interface ObservedContext extends RequestContext {
  readonly asked: ReadonlySet<string>;
}

export interface ContextInput {
  readonly snapshot: Snapshot;
  readonly caller: Caller;
  readonly target: Target;
  readonly action: string;
  readonly given: GivenContext;
  /** Whether every key that is neither given nor implied by the snapshot is absent. */
  readonly isComplete: boolean;
}

/**
 * What is known of the condition keys of one request: what is given, else what the snapshot implies, else nothing.
 *
 * A role stands for its sessions: with the role's own tags, without a session policy, under a name that no policy
 * names. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(input: ContextInput): ObservedContext {
  const asked = new Set<string>();
  let implied: Readonly<Record<string, KeyValue>> | null = null;
  return {
    asked,
    lookup(key) {
      asked.add(key);
      const given = input.given.get(key);
      if (given !== undefined) {
        return given === null ? ABSENT : present(...given);
      }
      const tag = storedTag(key, input);
      if (tag !== null) {
        // A tag that could not be read stays unknown, however much the asker knows of the request.
        return tag;
      }
      implied ??= { ...principalKeys(input), ...resourceKeys(input) };
      const known = (Object.hasOwn(implied, key) ? implied[key] : undefined) ?? requestTag(key, input);
      const isOpen = known.kind === 'unknown' || known.kind === 'other';
      return isOpen && input.isComplete && known !== SOME_REGION ? ABSENT : known;
    },
  };
}

/** What every request carries is never absent, even where it was not read: such a key is unread, not unknown. */
function principalKeys(input: ContextInput): Record<string, KeyValue> {
  const { caller, snapshot } = input;
  const isService = caller.request.kind === 'service';
  const accountId = caller.request.accountId;
  return {
    ...organizationKeys('principal', accountId, isService, snapshot),
    'aws:principalarn': principalArn(caller),
    'aws:principalaccount': principalAccount(caller, snapshot),
    'aws:principaltype': principalType(caller),
    'aws:principalisawsservice': present(String(isService)),
    'aws:principalservicename': isService ? present(caller.request.arn) : ABSENT,
    'aws:principalservicenameslist': isService ? UNKNOWN : ABSENT,
    'aws:username': username(caller),
    'aws:userid': userId(caller),
    // Only a service that acts for one of its resources sends these.
    'aws:sourcearn': isService ? UNKNOWN : ABSENT,
    'aws:sourceaccount': isService ? UNKNOWN : ABSENT,
    'aws:sourceorgid': isService ? UNKNOWN : ABSENT,
    'aws:sourceorgpaths': isService ? UNKNOWN : ABSENT,
  };
}

/** Anyone outside is of no account that the snapshot or its organization holds. */
function principalAccount(caller: Caller, snapshot: Snapshot): KeyValue {
  if (caller.request.kind === 'service') {
    return ABSENT;
  }
  if (caller.request.accountId !== null) {
    return present(caller.request.accountId);
  }
  return { kind: 'other', than: [...snapshot.accounts.keys(), ...(snapshot.organization?.accounts.keys() ?? [])] };
}

/** For a session too, this is the role's ARN with its path. */
function principalArn(caller: Caller): KeyValue {
  switch (caller.request.kind) {
    case 'service':
      return ABSENT;
    case 'outsider':
      return UNREAD;
    case 'role':
      // The path of a role is not to be seen in the ARN of its session.
      return caller.iam === null && caller.request.sessionArn !== null ? UNREAD : present(caller.request.arn);
    default:
      return present(caller.request.arn);
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable */
function principalType(caller: Caller): KeyValue {
  switch (caller.request.kind) {
    case 'user':
      return present('User');
    case 'role':
      return present('AssumedRole');
    case 'root':
      return present('Account');
    case 'federatedUser':
      return present('FederatedUser');
    case 'service':
      return UNKNOWN;
    case 'outsider':
      return UNREAD;
  }
}

function username(caller: Caller): KeyValue {
  if (caller.request.kind === 'user') {
    return present(caller.iam?.name ?? caller.request.arn.split('/').at(-1) ?? '');
  }
  return caller.request.kind === 'outsider' ? UNREAD : ABSENT;
}

function userId(caller: Caller): KeyValue {
  switch (caller.request.kind) {
    case 'user':
      return caller.iam === null ? UNREAD : present(caller.iam.id);
    case 'role': {
      if (caller.iam === null) {
        return UNREAD;
      }
      const sessionName = caller.request.sessionArn?.split('/').at(-1);
      return sessionName === undefined
        ? { kind: 'prefix', prefix: `${caller.iam.id}:` }
        : present(`${caller.iam.id}:${sessionName}`);
    }
    case 'root':
      return present(caller.request.accountId ?? '');
    case 'federatedUser':
      return present(`${caller.request.accountId ?? ''}:${caller.request.arn.split('/').at(-1) ?? ''}`);
    case 'service':
      return ABSENT;
    case 'outsider':
      return UNREAD;
  }
}

function resourceKeys(input: ContextInput): Record<string, KeyValue> {
  const { target, snapshot } = input;
  const action = input.action.toLowerCase();
  return {
    ...organizationKeys('resource', target.accountId, false, snapshot),
    'aws:resourceaccount': present(target.accountId),
    // Every request goes to a region, whichever it is.
    'aws:requestedregion': target.region === null ? SOME_REGION : present(target.region),
    'aws:tagkeys': sendsTags(action) || action === 'ecr:untagresource' ? UNKNOWN : ABSENT,
    'ecr:accountsetting': takesSetting(action) ? UNKNOWN : ABSENT,
  };
}

function takesSetting(lowerAction: string): boolean {
  return lowerAction === 'ecr:getaccountsetting' || lowerAction === 'ecr:putaccountsetting';
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths */
function organizationKeys(
  side: 'principal' | 'resource',
  accountId: string | null,
  isService: boolean,
  snapshot: Snapshot,
): Record<string, KeyValue> {
  const keys = (id: KeyValue, paths: KeyValue): Record<string, KeyValue> => ({
    [`aws:${side}orgid`]: id,
    [`aws:${side}orgpaths`]: paths,
  });
  const organization = snapshot.organization;
  if (isService) {
    return keys(ABSENT, ABSENT);
  }
  const isUnread = findOrganizationGap(snapshot.gaps, accountId) !== null;
  if (organization === null) {
    return isUnread ? keys(UNREAD, UNREAD) : keys(UNKNOWN, UNKNOWN);
  }
  const account = accountId === null ? undefined : organization.accounts.get(accountId);
  if (account === undefined && accountId !== null && isUnread) {
    // It may be one of those that were not listed.
    return keys(UNREAD, UNREAD);
  }
  if (account === undefined) {
    // An account that is not among the organization's is in another one, or in none.
    return keys({ kind: 'other', than: [organization.id] }, { kind: 'other', than: [`${organization.id}/`] });
  }
  const path = organizationPath(organization, account);
  return keys(present(organization.id), path === null ? UNREAD : present(path));
}

/** `o-id/r-id/ou-id/.../`, without the account. */
function organizationPath(organization: OrganizationSnapshot, account: OrganizationAccount): string | null {
  const levels = account.levels?.filter((level) => level.kind !== 'account') ?? null;
  return levels === null ? null : `${[organization.id, ...levels.map((level) => level.id)].join('/')}/`;
}

/**
 * From which side of a request the value of a key follows, unless it is given. `neither`: from the action, or unknown.
 *
 * INVARIANT: where this says `principal`, every target has the same value, and the other way round.
 */
export function sideOfKey(key: string): 'principal' | 'target' | 'neither' {
  if (key.startsWith(PRINCIPAL_TAG) || PRINCIPAL_KEYS.has(key)) {
    return 'principal';
  }
  return TARGET_KEYS.has(key) || RESOURCE_TAGS.some((prefix) => key.startsWith(prefix)) ? 'target' : 'neither';
}

/** Whether the value of a key may differ from action to action. */
export function isActionKey(key: string): boolean {
  return (
    key === 'aws:tagkeys' ||
    key === 'ecr:accountsetting' ||
    [REQUEST_TAG, ...RESOURCE_TAGS].some((prefix) => key.startsWith(prefix))
  );
}

const PRINCIPAL_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principaltype',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:userid',
  'aws:username',
]);

const TARGET_KEYS: ReadonlySet<string> = new Set([
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
]);

/** What the context takes from the action: two actions with the same traits have the same context. */
export function contextTraits(action: string): string {
  const lowerAction = action.toLowerCase();
  return [
    sendsTags(action),
    lowerAction === 'ecr:untagresource',
    takesSetting(lowerAction),
    lowerAction === 'ecr:createrepository',
  ].join(' ');
}

export const PRINCIPAL_TAG = 'aws:principaltag/';
const RESOURCE_TAGS = ['aws:resourcetag/', 'ecr:resourcetag/'];
const REQUEST_TAG = 'aws:requesttag/';

/** A tag of the principal or of the repository; null where the key is about neither. */
function storedTag(key: string, input: ContextInput): KeyValue | null {
  if (key.startsWith(PRINCIPAL_TAG)) {
    return principalTag(key.slice(PRINCIPAL_TAG.length), input.caller);
  }
  const prefix = RESOURCE_TAGS.find((each) => key.startsWith(each));
  return prefix === undefined ? null : resourceTag(key.slice(prefix.length), input);
}

/** Only three actions send tags; every other key that nothing is known of may be there or not. */
function requestTag(key: string, input: ContextInput): KeyValue {
  return key.startsWith(REQUEST_TAG) && !sendsTags(input.action) ? ABSENT : UNKNOWN;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
function sendsTags(action: string): boolean {
  return ['ecr:createrepository', 'ecr:tagresource', 'ecr:listtagsforresource'].includes(action.toLowerCase());
}

function principalTag(name: string, caller: Caller): KeyValue {
  if (caller.iam !== null) {
    return findTag(caller.iam.tags, name);
  }
  // Neither the root user nor a service carries tags.
  return caller.side === 'unknown' ? UNREAD : ABSENT;
}

function resourceTag(name: string, input: ContextInput): KeyValue {
  const { target } = input;
  if (target.resource === '*' || input.action.toLowerCase() === 'ecr:createrepository') {
    return ABSENT;
  }
  if (target.repository === null) {
    return target.isListed ? ABSENT : UNREAD;
  }
  return target.repository.tags === null ? UNREAD : findTag(target.repository.tags, name);
}

/** Two tags that differ only in case cannot be told apart by a condition key: then the value is not known. */
function findTag(tags: readonly Tag[], lowerName: string): KeyValue {
  const values = new Set(tags.filter((tag) => tag.Key.toLowerCase() === lowerName).map((tag) => tag.Value));
  const [only] = values;
  if (only === undefined) {
    return ABSENT;
  }
  return values.size === 1 ? present(only) : UNKNOWN;
}
