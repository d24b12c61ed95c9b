import type { GetServiceLastAccessedDetailsResponse } from '@aws-sdk/client-iam';
import type { LastAccessedEntry, LastAccessedReport } from '@ecr-audit/access';
import { findEcrAction } from '@ecr-audit/access';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
// IAM tracks 400 days, and shows an attempt within four hours.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html
const trackedMs = 400 * dayMs;
const delayMs = 4 * hourMs;

/** What a finished job says of ECR. `services` are those of all its pages. */
export function reportOf(
  principal: { readonly principalId: string; readonly arn: string; readonly accountId: string },
  job: Pick<GetServiceLastAccessedDetailsResponse, 'ServicesLastAccessed'> & { readonly createdAt: Date },
): LastAccessedReport {
  const service = job.ServicesLastAccessed?.find(({ ServiceNamespace }) => ServiceNamespace === 'ecr');
  const actions = (service?.TrackedActionsLastAccessed ?? []).flatMap(
    ({ ActionName, LastAccessedTime, LastAccessedRegion }) =>
      ActionName === undefined ? [] : [entry(actionNamed(ActionName), LastAccessedTime, LastAccessedRegion)],
  );
  const createdMs = job.createdAt.getTime();
  return {
    ...principal,
    evidence: service === undefined ? 'notListed' : actions.length > 0 ? 'action' : 'service',
    trackedFrom: new Date(createdMs - trackedMs).toISOString(),
    trackedUntil: new Date(createdMs - delayMs).toISOString(),
    readAt: new Date(createdMs).toISOString(),
    entries:
      service === undefined ? [] : [entry('', service.LastAuthenticated, service.LastAuthenticatedRegion), ...actions],
  };
}

function entry(action: string, time: Date | undefined, region: string | undefined): LastAccessedEntry {
  return { action, lastAt: time?.toISOString() ?? null, region: region ?? null };
}

/** IAM names actions without their service. */
function actionNamed(name: string): string {
  const full = name.startsWith('ecr:') ? name : `ecr:${name}`;
  return findEcrAction(full)?.name ?? full;
}
