export const help = `notifier: delivers what happened, in order and at least once, as lines of JSON on standard output

  node services/notifier/src/main.ts [--help]

Environment:
  DATABASE_URL            Postgres that keeps the outbox (required); DATABASE_URL_FILE names a file that holds it
  ECR_AUDIT_METRICS_PORT  port for /healthz, /readyz and /metrics (default: none)
  ECR_AUDIT_METRICS_HOST  address for them (default: 127.0.0.1)
  LOG_LEVEL               trace, debug, info (default), warn, error, fatal, silent

Each line is {"id", "kind", "scanId", "createdAt", "payload"}. A line that comes twice has the same id. Logs are lines of
JSON on standard error. SIGTERM finishes the delivery under way and exits 0.

Exit codes: 0 stopped by a signal, 1 could not start, or could not stop in time, 2 the environment is wrong.

Example:
  DATABASE_URL=postgres://audit@db/audit node services/notifier/src/main.ts | jq .payload
`;
