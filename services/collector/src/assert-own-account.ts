import type { CollectContext } from './context.ts';
import { CollectorError } from './errors.ts';

/** Refuses work for another account: the answers of this session would be kept under the wrong name. */
export function assertOwnAccount(context: CollectContext, accountId: string): void {
  if (context.accountId !== accountId) {
    throw new CollectorError(
      'accountMismatch',
      `cannot collect account \`${accountId}\` with credentials of account \`${context.accountId}\`: give each collector queues of its own (\`ECR_AUDIT_QUEUE_NAMESPACE\`), or the role of that account`,
    );
  }
}
