import { sdkErrorName, sdkFailureOf } from '../sdk-error.ts';
import type { CallCounter, CallResult } from './call-log.ts';

// Answers that come as errors: they tell that there is none.
const answersOfAbsence = new Set([
  'RepositoryPolicyNotFoundException',
  'RegistryPolicyNotFoundException',
  'RepositoryNotFoundException',
  'PolicyNotFoundException',
  'AWSOrganizationsNotInUseException',
  'NoSuchEntity',
  'NoSuchEntityException',
  'InvalidParameterException',
]);

interface CommandContext {
  readonly commandName?: string;
}

/**
 * Makes the SDK middleware that counts every attempt. It belongs right below the retries, so that each of them passes.
 *
 * `owner` is asked at each attempt: the account of a session may become known later than its first call.
 */
export function countAttempts(counter: CallCounter, call: { readonly owner: string; readonly service: string }) {
  return <Args, Result>(next: (args: Args) => Promise<Result>, context: CommandContext) =>
    async (args: Args): Promise<Result> => {
      const operation = `${call.service}:${(context.commandName ?? 'Unknown').replace(/Command$/, '')}`;
      const count = (result: CallResult): void => {
        counter.add({ accountId: call.owner, operation, result });
      };
      try {
        const answer = await next(args);
        count('ok');
        return answer;
      } catch (error) {
        count(resultOf(error));
        throw error;
      }
    };
}

function resultOf(error: unknown): CallResult {
  if (answersOfAbsence.has(sdkErrorName(error))) {
    return 'ok';
  }
  switch (sdkFailureOf(error)) {
    case 'throttled':
      return 'throttled';
    case 'accessDenied':
      return 'denied';
    default:
      return 'failed';
  }
}
