import { callerIdentity } from '../caller-identity.ts';
import type { CallerIdentity } from '../caller-identity.ts';
import type { CallLog } from '../calls/call-log.ts';
import { unknownAccount } from '../calls/call-log.ts';
import { openConnection } from '../connection.ts';
import type { CredentialSource } from '../credentials.ts';
import { AwsError } from '../errors.ts';
import { resolveRegions } from '../regions.ts';
import { clientsOf, sessionOn } from '../session.ts';
import type { AwsSession, AwsSessionOptions } from '../session.ts';
import { memberRole } from './member-role.ts';
import { SessionCache } from './session-cache.ts';

export interface AwsFleetOptions extends AwsSessionOptions {
  /** Auditor role of every account that is read, with its path if it has one: `audit/ecr-audit`. */
  readonly roleName?: string;
  /** Role that may ask AWS Organizations, where the caller may not. It opens no account: the caller assumes their roles. */
  readonly managementRoleArn?: string;
  /** Sessions kept at once. The one used longest ago is forgotten first, with its credentials. */
  readonly sessionsMax?: number;
}

/** Sessions of many accounts on one source of credentials. Close it when done: it holds sockets. */
export interface AwsFleet {
  readonly caller: CallerIdentity;
  /** The caller's own session, which assumes the roles. */
  readonly session: AwsSession;
  /** The session that asks Organizations: of the management role, or the caller's own. */
  readonly organization: AwsSession;
  readonly callLog: CallLog;
  /** True once the caller's own account was read with the caller's credentials, because the role was refused there. */
  readonly isOwnAccountReadDirectly: boolean;
  /** The session of an account. No call is made yet: a role that is refused shows as a gap of what is collected. */
  account(accountId: string): AwsSession;
  /** Forgets the session of an account; the next one assumes the role again. */
  closeAccount(accountId: string): void;
  close(): void;
}

const roleNameDefault = 'ecr-audit';
// Said in CloudTrail of every account that is read, beside the name of the role.
const sessionNameDefault = 'ecr-audit-scan';
// Each holds a few clients. A scan reads fewer accounts than this side by side.
const sessionsMaxDefault = 64;

// Path and name as IAM takes them. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
const rolePattern = /^[\w+=,.@-]+(?:\/[\w+=,.@-]+)*$/;

/**
 * Opens the sessions of an organization, or of a list of accounts, on the caller's credentials.
 *
 * Asks STS once who the caller is. Throws an `AwsError` where the credentials do not work, because then nothing can be
 * read; what is wrong with one account's role shows as gaps of that account.
 */
export async function openAwsFleet(options: AwsFleetOptions = {}): Promise<AwsFleet> {
  const { roleName = roleNameDefault, externalId = null, sessionName = sessionNameDefault } = options;
  if (!rolePattern.test(roleName) || roleName.length > 512) {
    throw new AwsError(
      'roleNameInvalid',
      'the name of the auditor role is not as IAM takes it: expected a name such as `ecr-audit`, or one with its path, `audit/ecr-audit`',
    );
  }
  const regions = await resolveRegions({ regions: options.regions ?? [], profile: options.profile ?? null });
  const connection = openConnection(options);
  try {
    const session = sessionOn(connection, { ...options, sessionName, regions });
    const caller = await callerIdentity(session);
    connection.callLog.callerIs(caller.accountId);
    let isOwnAccountReadDirectly = false;
    const sessions = new SessionCache(options.sessionsMax ?? sessionsMaxDefault);
    const through = (role: {
      readonly accountId: string;
      readonly roleArn: string;
      readonly instead?: CredentialSource;
    }): AwsSession => {
      const { accountId, roleArn, instead = null } = role;
      const member = memberRole({
        caller: session,
        role: { roleArn, externalId, sessionName },
        instead,
        onInstead: () => {
          isOwnAccountReadDirectly = true;
        },
      });
      return clientsOf(connection, {
        regions,
        profile: session.profile,
        roleArn,
        accountId,
        // Calls to one account share its limits, whichever session makes them.
        owner: accountId === caller.accountId ? unknownAccount : accountId,
        member,
        credentials: member.credentials,
        // Sockets are shared and end with the fleet.
        close: () => sessions.drop(accountId),
      });
    };
    const open = (accountId: string): AwsSession => {
      const isOwn = accountId === caller.accountId;
      if (isOwn && isSessionOf(caller.arn, roleName)) {
        return session;
      }
      const roleArn = `arn:${caller.partition}:iam::${accountId}:role/${roleName}`;
      return through({ accountId, roleArn, ...(isOwn ? { instead: session.credentials } : {}) });
    };
    const { managementRoleArn } = options;
    const organization =
      managementRoleArn === undefined
        ? session
        : through({ accountId: accountIdOfRole(managementRoleArn), roleArn: managementRoleArn });
    return {
      caller,
      session,
      organization,
      callLog: connection.callLog,
      get isOwnAccountReadDirectly() {
        return isOwnAccountReadDirectly;
      },
      account: (accountId) => sessions.get(accountId, () => open(accountId)),
      closeAccount: (accountId) => {
        sessions.drop(accountId);
        if (accountId !== caller.accountId) {
          connection.paces.forget(accountId);
        }
      },
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function accountIdOfRole(roleArn: string): string {
  const [, accountId] = /^arn:[a-z-]+:iam::(\d{12}):role\/.+$/.exec(roleArn) ?? [];
  if (accountId === undefined) {
    throw new AwsError(
      'roleNameInvalid',
      'the ARN of the management role is none: expected one such as `arn:aws:iam::111122223333:role/ecr-audit-management`',
    );
  }
  return accountId;
}

/** Whether the caller came through the auditor role already, which need not be allowed to assume itself. */
function isSessionOf(callerArn: string, roleName: string): boolean {
  const [kind, name] = (callerArn.split(':')[5] ?? '').split('/');
  return kind === 'assumed-role' && name === roleName.split('/').at(-1);
}
