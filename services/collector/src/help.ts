export const help = `collector: reads AWS for ecr-audit; the only process that needs AWS credentials

  node services/collector/src/main.ts [--help]

Environment:
  DATABASE_URL                        Postgres that keeps the scans (required)
  REDIS_URL                           Redis that keeps the queues; without it they are kept in Postgres
  ECR_AUDIT_CONFIG                    configuration file: organization, selection, schedules, limits; the variables
                                      below go before it
  ECR_AUDIT_ACCOUNTS                  own (default: the account of the credentials), discover (all of the
                                      organization), or account ids with commas between
  ECR_AUDIT_REGIONS                   all, or regions to read, such as eu-west-1,us-east-1 (default: AWS_REGION)
  ECR_AUDIT_ROLE_NAME                 auditor role in every account but with own (default: ecr-audit)
  ECR_AUDIT_MANAGEMENT_ROLE_ARN       role that reads AWS Organizations, with discover
  ECR_AUDIT_ROLE_ARN                  auditor role to assume, with own
  ECR_AUDIT_EXTERNAL_ID               external id for these roles
  ECR_AUDIT_SCHEDULE                  when to scan: 6h, or a cron expression in UTC such as 0 3 * * *
                                      (default: the schedules that are set up already, if any)
  ECR_AUDIT_ACTIVITY_SCHEDULE         when to look for CloudTrail events (5m where any schedule is given)
  ECR_AUDIT_LAST_ACCESSED_SCHEDULE    when to ask IAM what was used (1d), ECR_AUDIT_MAINTENANCE_SCHEDULE (1d): off ends one
  ECR_AUDIT_ACCOUNTS_AT_A_TIME        accounts that are scanned side by side (default: 4)
  ECR_AUDIT_LOOKUP_EVENTS_PER_SECOND  CloudTrail requests a second in a region (default: 2, which is AWS's limit)
  ECR_AUDIT_AWS_TIMEOUT_SECONDS       how long an answer of AWS is waited for (default: 60)
  ECR_AUDIT_JOB_LOCK_SECONDS          how long the job of a worker that is gone is left alone (default: 30)
  ECR_AUDIT_STOP_SECONDS              how long the jobs in hand may run on after SIGTERM (default: 12)
  ECR_AUDIT_METRICS_PORT              port of /healthz, /readyz and /metrics (default: none), on ECR_AUDIT_METRICS_HOST
  ECR_AUDIT_QUEUE_NAMESPACE           begins the names of the queues, where a server is shared (default: ecr-audit)
  LOG_LEVEL                           trace, debug, info (default), warn, error, fatal, silent
  AWS credentials come from the SDK's default chain: AWS_PROFILE, AWS_ACCESS_KEY_ID, container or instance role.

A secret may lie in a file instead: DATABASE_URL_FILE names it, REDIS_URL_FILE, ECR_AUDIT_EXTERNAL_ID_FILE.
Logs are lines of JSON on standard error. SIGTERM finishes the jobs under way, gives those back that take longer, and
exits 0: another collector goes on with them. A second signal ends at once.

Exit codes: 0 stopped by a signal, 1 could not start, or could not stop in time, 2 the environment is wrong.

Example:
  DATABASE_URL=postgres://audit@db/audit ECR_AUDIT_REGIONS=eu-west-1 ECR_AUDIT_SCHEDULE=6h \\
    node services/collector/src/main.ts
`;
