import { AwsError } from '@ecr-audit/aws';
import { StoreError } from '@ecr-audit/store';
import { CollectorError } from './errors.ts';

/** Whether another try can end better. Our own errors say so; any other is a lost connection more often than not. */
export function isRetryable(error: unknown): boolean {
  const isOurs = error instanceof AwsError || error instanceof StoreError || error instanceof CollectorError;
  return isOurs ? error.retryable : true;
}
