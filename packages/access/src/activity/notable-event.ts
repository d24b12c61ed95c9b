import type { ActivityEvent, ActivityResource } from './event.ts';

/** An event of ECR that is told one by one, with what it was about. */
export interface NotableEvent {
  readonly event: ActivityEvent;
  readonly resources: readonly ActivityResource[];
}

const REFUSED_NAMES: ReadonlySet<string> = new Set([
  'SetRepositoryPolicy',
  'DeleteRepositoryPolicy',
  'PutRegistryPolicy',
  'DeleteRegistryPolicy',
  'DeleteRepository',
  'BatchDeleteImage',
  'PutImage',
]);

/** Whether somebody was refused what changes a registry, or deleted images: of these it counts when each one was. */
export function isNotable({ eventSource, eventName, errorCode, outcome }: ActivityEvent): boolean {
  if (eventSource !== 'ecr.amazonaws.com') {
    return false;
  }
  return errorCode === null
    ? eventName === 'BatchDeleteImage' && outcome.kind === 'use'
    : REFUSED_NAMES.has(eventName) && errorCode.startsWith('AccessDenied');
}

/** What an event of ECR was about. */
export function resourcesTold({ outcome }: ActivityEvent): readonly ActivityResource[] {
  switch (outcome.kind) {
    case 'use':
      return outcome.use.resources;
    case 'change':
      return outcome.use?.resources ?? [];
    case 'ignored':
      return outcome.resources;
    case 'session':
      return [];
  }
}
