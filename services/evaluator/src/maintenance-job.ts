import {
  forgetOldActivity,
  forgetOldAuditLog,
  forgetOldScans,
  type ForgottenActivity,
  type ForgottenScans,
  type Store,
} from '@ecr-audit/store';

/** For how long what is kept. */
export interface Retention {
  readonly eventsDays: number;
  readonly scansDays: number;
  readonly deliveredDays: number;
  readonly auditLogDays: number;
}

const dayMs = 86_400_000;

/** Forgets what is older than its retention, in batches. May be stopped at any moment and run again. */
export async function maintenanceJob(
  store: Store,
  { retention, now }: { readonly retention: Retention; readonly now: Date },
): Promise<ForgottenScans & ForgottenActivity & { readonly auditLog: number }> {
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * dayMs);
  const scans = await forgetOldScans(store, {
    scansBefore: daysAgo(retention.scansDays),
    deliveredBefore: daysAgo(retention.deliveredDays),
  });
  const activity = await forgetOldActivity(store, { before: daysAgo(retention.eventsDays) });
  const auditLog = await forgetOldAuditLog(store, { before: daysAgo(retention.auditLogDays) });
  return { ...scans, ...activity, auditLog };
}
