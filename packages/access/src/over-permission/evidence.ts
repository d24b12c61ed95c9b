import { CAPABILITIES, findCapability } from '../ecr/capabilities.ts';
import { capabilitiesShownBy } from '../activity/capability-use.ts';
import { ECR_ACTIONS } from '../ecr/actions.ts';

/*
 * What must have been seen before something may be called unused.
 *
 * A pull without BatchGetImage leaves nobody with an image, and a push without PutImage nothing in the repository, so these
 * two names are enough; the events that come once per layer are never looked up.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
 */

// AWS checks these two when a registry replicates and when a cache fills; no call of that name is ever made.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
const WITHOUT_EVENT: ReadonlySet<string> = new Set(['ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage']);

const ONCE_PER_LAYER: ReadonlySet<string> = new Set(['ecr:GetDownloadUrlForLayer']);

/** An action or a capability. */
export type Right = string;

/** The names of the events that show the use of a right; null where no event ever does. */
export function eventsShowing(right: Right): readonly string[] | null {
  const capability = findCapability(right);
  const actions =
    capability === null
      ? [right]
      : ECR_ACTIONS.map(({ name }) => name).filter(
          (name) => !ONCE_PER_LAYER.has(name) && capabilitiesShownBy(name).includes(capability.name),
        );
  return actions.some((action) => WITHOUT_EVENT.has(action))
    ? null
    : actions.map((action) => action.slice('ecr:'.length));
}

/** The rights that the use of an action shows: the action, and the capabilities. */
export function rightsShownBy(action: string): readonly Right[] {
  return [action, ...capabilitiesShownBy(action)];
}

/** Every right on a repository: its actions, then the capabilities. */
export const REPOSITORY_RIGHTS: readonly Right[] = [
  ...ECR_ACTIONS.filter(({ resourceType }) => resourceType === 'repository').map(({ name }) => name),
  ...CAPABILITIES.map(({ name }) => name),
];
