import type { AwsFleet, AwsSession } from '@ecr-audit/aws';
import { CollectorError } from './errors.ts';

/** How this collector reaches accounts. */
export interface AccountSessions {
  /** No call is made yet. Throws `accountMismatch` where it reads its own account alone and is asked for another. */
  open(accountId: string): AwsSession;
  /**
   * Says that the work with a session is done. One that works is kept, since the next look at the account saves an
   * AssumeRole by it; a refusal is not, since somebody may mend the role and ask for a scan at once.
   */
  done(accountId: string, session: AwsSession): Promise<void>;
}

/** The account of the credentials alone, or any account through the auditor role in it. */
export function accountSessions(fleet: AwsFleet, scope: 'own' | 'members'): AccountSessions {
  const { accountId: own } = fleet.caller;
  switch (scope) {
    case 'members':
      return {
        open: (accountId) => fleet.account(accountId),
        done: async (accountId, session) => {
          // Credentials of ours that failed meanwhile are told by the next call.
          const isGood = await (session.member?.refusal() ?? Promise.resolve(null)).then(
            (refusal) => refusal === null,
            () => false,
          );
          if (!isGood) {
            fleet.closeAccount(accountId);
          }
        },
      };
    case 'own':
      return {
        open: (accountId) => {
          if (accountId !== own) {
            throw new CollectorError(
              'accountMismatch',
              `cannot collect account \`${accountId}\` with credentials of account \`${own}\`: give each collector queues of its own (\`ECR_AUDIT_QUEUE_NAMESPACE\`), or configure a list of accounts and the auditor role in each`,
            );
          }
          return fleet.session;
        },
        done: async () => await Promise.resolve(),
      };
    default:
      return scope satisfies never;
  }
}
