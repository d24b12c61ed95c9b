export const help = `collector: reads AWS for ecr-audit; the only process that needs AWS credentials

  node services/collector/src/main.ts [--help]

Environment:
  DATABASE_URL                        Postgres that keeps the scans (required)
  REDIS_URL                           Redis that keeps the queues; without it they are kept in Postgres
  ECR_AUDIT_REGIONS                   regions to read, such as eu-west-1,us-east-1 (default: AWS_REGION)
  ECR_AUDIT_ROLE_ARN                  auditor role to assume with the credentials found
  ECR_AUDIT_EXTERNAL_ID               external id for that role
  ECR_AUDIT_SCHEDULE                  when to scan: 6h, or a cron expression in UTC such as 0 3 * * *
                                      (default: the schedule that is set up already, if any)
  ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND  CloudTrail requests a second in a region (default: 2, which is AWS's limit)
  ECR_AUDIT_JOB_LOCK_SECONDS          how long the job of a worker that is gone is left alone (default: 30)
  ECR_AUDIT_QUEUE_NAMESPACE           begins the names of the queues, where a server is shared (default: ecr-audit)
  LOG_LEVEL                           trace, debug, info (default), warn, error, fatal, silent
  AWS credentials come from the SDK's default chain: AWS_PROFILE, AWS_ACCESS_KEY_ID, container or instance role.

Logs are lines of JSON on standard error. SIGTERM finishes the jobs under way, for 20 seconds at most, and exits 0; a
job that takes longer is taken up by the next collector.

Exit codes: 0 stopped by a signal, 1 could not start, or could not stop in time, 2 the environment is wrong.

Example:
  DATABASE_URL=postgres://audit@db/audit ECR_AUDIT_REGIONS=eu-west-1 ECR_AUDIT_SCHEDULE=6h \\
    node services/collector/src/main.ts
`;
