export const help = `api: answers over HTTP who may do what with which repository, and why; needs Postgres, nothing else

  node services/api/src/main.ts [--help]

Environment:
  DATABASE_URL            Postgres that keeps the scans (required); DATABASE_URL_FILE names a file that holds it
  ECR_AUDIT_CONFIG        configuration file; \`api\` says which issuers are trusted besides tokens (default: none)
  ECR_AUDIT_AUTH          on (default), or off on a loopback address: whoever is on this machine may then ask
  HOST                    address to listen on (default: 127.0.0.1)
  PORT                    port to listen on, 0 for any free one (default: 8080)
  ECR_AUDIT_METRICS_PORT  port for /healthz, /readyz and /metrics of the process (default: none)
  ECR_AUDIT_METRICS_HOST  address for them (default: 127.0.0.1)
  LOG_LEVEL               trace, debug, info (default), warn, error, fatal, silent

Everything but /healthz, /readyz, /openapi.json and /docs asks for a token: ecr-audit tokens create makes one.
GET /openapi.json describes every route. Logs are lines of JSON on standard error. SIGTERM answers the requests under
way, for 10 seconds at most, and exits 0.

Exit codes: 0 stopped by a signal, 1 could not start, or could not stop in time, 2 the environment is wrong.

Example:
  DATABASE_URL=postgres://audit@db/audit node services/api/src/main.ts
`;
