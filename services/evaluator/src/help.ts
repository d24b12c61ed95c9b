export const help = `evaluator: turns what was collected into effective access, and forgets what is old; needs Postgres (and Redis) alone

  node services/evaluator/src/main.ts [--help]

Environment:
  DATABASE_URL                Postgres that keeps the scans (required)
  REDIS_URL                   Redis that keeps the queues; without it they are kept in Postgres
  ECR_AUDIT_CONFIG            configuration file, for what is not said here (how long things are kept, among others)
  ECR_AUDIT_JOB_LOCK_SECONDS  how long the job of a worker that is gone is left alone (default: 30)
  ECR_AUDIT_STOP_SECONDS      how long the job in hand may run on after SIGTERM (default: 12)
  ECR_AUDIT_METRICS_PORT      port of /healthz, /readyz and /metrics (default: none), on ECR_AUDIT_METRICS_HOST
  ECR_AUDIT_QUEUE_NAMESPACE   begins the names of the queues, where a server is shared (default: ecr-audit)
  LOG_LEVEL                   trace, debug, info (default), warn, error, fatal, silent

A secret may lie in a file instead: DATABASE_URL_FILE names it, REDIS_URL_FILE.
Logs are lines of JSON on standard error. SIGTERM finishes the job under way, or gives it back to the next evaluator when
its time is over, and exits 0. A second signal ends at once.

Exit codes: 0 stopped by a signal, 1 could not start, or could not stop in time, 2 the environment is wrong.

Example:
  DATABASE_URL=postgres://audit@db/audit node services/evaluator/src/main.ts
`;
