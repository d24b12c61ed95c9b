import { JobsError, parseSchedule } from '@ecr-audit/jobs';
import { ConfigurationError, type AuditConfiguration } from '@ecr-audit/runtime';

/** Throws `configurationFileInvalid` for schedules that have the right form and mean nothing, as `90d`. */
export function assertSchedules({ schedules }: AuditConfiguration): void {
  const problems = Object.entries(schedules).flatMap(([source, schedule]) => {
    try {
      if (schedule !== null) {
        parseSchedule(schedule);
      }
      return [];
    } catch (error) {
      if (error instanceof JobsError) {
        return [`\`schedules.${source}\`: ${error.message}`];
      }
      throw error;
    }
  });
  if (problems.length > 0) {
    throw new ConfigurationError(problems, 'configurationFileInvalid');
  }
}
