export const help = `evaluator: turns what was collected into effective access; needs Postgres (and Redis), nothing else

  node services/evaluator/src/main.ts [--help]

Environment:
  DATABASE_URL                Postgres that keeps the scans (required)
  REDIS_URL                   Redis that keeps the queues; without it they are kept in Postgres
  ECR_AUDIT_JOB_LOCK_SECONDS  how long the job of a worker that is gone is left alone (default: 30)
  ECR_AUDIT_QUEUE_NAMESPACE   begins the names of the queues, where a server is shared (default: ecr-audit)
  LOG_LEVEL                   trace, debug, info (default), warn, error, fatal, silent

Logs are lines of JSON on standard error. SIGTERM finishes the job under way, for 20 seconds at most, and exits 0; a
job that takes longer is taken up by the next evaluator.

Exit codes: 0 stopped by a signal, 1 could not start, or could not stop in time, 2 the environment is wrong.

Example:
  DATABASE_URL=postgres://audit@db/audit node services/evaluator/src/main.ts
`;
