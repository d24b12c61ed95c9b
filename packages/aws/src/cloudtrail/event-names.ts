import {
  ECR_CHANGE_EVENTS,
  ECR_USE_EVENTS,
  IAM_CHANGE_EVENTS,
  IDENTITY_CENTER_CHANGE_EVENTS,
  ORGANIZATION_CHANGE_EVENTS,
  SESSION_EVENTS,
} from '@ecr-audit/access';

/*
 * Events are looked up name by name. By event source one busy cluster (a GetDownloadUrlForLayer per layer and node) would
 * drown the rest at two requests a second.
 */

/** Changes in IAM that can change who may reach ECR. Recorded in the home region of the partition only. */
export const iamChangeEventNames = IAM_CHANGE_EVENTS;

/** Changes in a registry: who may reach it, and what protects its images. Recorded in the region of the registry. */
export const ecrChangeEventNames = ECR_CHANGE_EVENTS;

/**
 * Use of a registry. One push or pull makes many events; these tell it without those that come once per layer
 * (GetDownloadUrlForLayer, UploadLayerPart), which are never looked up.
 */
export const ecrUseEventNames: readonly string[] = [...ECR_USE_EVENTS, 'PolicyExecutionEvent'];

/** The names worth looking up in a region for a snapshot. */
export function eventNamesFor(options: {
  readonly isHomeRegion: boolean;
  readonly isEcrRead: boolean;
}): readonly string[] {
  return [
    ...(options.isHomeRegion ? iamChangeEventNames : []),
    ...(options.isEcrRead ? [...ecrChangeEventNames, ...ecrUseEventNames] : []),
  ];
}

/**
 * The names worth looking up again and again, each where it is recorded: IAM in the home region, Organizations there in
 * the management account, Identity Center in its own region of that account, ECR where a registry is read.
 *
 * The beginning of sessions stands last: nodes of a large cluster make more of them than of everything else, and what a
 * pass does not reach is read by the next.
 */
export function activityEventNames(place: {
  readonly isHomeRegion: boolean;
  readonly isManagementAccount: boolean;
  readonly isIdentityCenterRegion: boolean;
  readonly isEcrRead: boolean;
}): readonly string[] {
  const { isHomeRegion, isManagementAccount, isIdentityCenterRegion, isEcrRead } = place;
  const names = [
    ...(isHomeRegion && isManagementAccount ? ORGANIZATION_CHANGE_EVENTS : []),
    ...(isIdentityCenterRegion && isManagementAccount ? IDENTITY_CENTER_CHANGE_EVENTS : []),
    ...(isHomeRegion ? IAM_CHANGE_EVENTS : []),
    ...(isEcrRead ? [...ECR_CHANGE_EVENTS, ...ECR_USE_EVENTS] : []),
    ...SESSION_EVENTS,
  ];
  // IAM and Organizations both have a CreatePolicy.
  return [...new Set(names)];
}
