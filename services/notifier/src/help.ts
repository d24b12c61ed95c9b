export const help = `notifier: delivers what happened, in order and at least once, to Slack, a webhook and standard output

  node services/notifier/src/main.ts [--help]

Environment:
  DATABASE_URL            Postgres that keeps the outbox (required); DATABASE_URL_FILE names a file that holds it
  ECR_AUDIT_SLACK_TOKEN   bot token with the scope chat:write
  ECR_AUDIT_SLACK_CHANNEL channel for what no route sends elsewhere (required with the token)
  ECR_AUDIT_SLACK_API_URL for Slack elsewhere, as https://slack-gov.com/api/
  ECR_AUDIT_SLACK_WEBHOOK_URL  incoming webhook instead of the token, without threads
  ECR_AUDIT_SLACK_SIGNING_SECRET  of the Slack app: messages get buttons (POST /slack/interactions; off where it is not set)
  ECR_AUDIT_SLACK_INTERACTIONS_PORT  port on which the clicks of Slack arrive (required with the secret), TLS ends in front
  ECR_AUDIT_SLACK_INTERACTIONS_HOST  address for them (default: 127.0.0.1)
  ECR_AUDIT_SLACK_APPROVERS  ids of the users and user groups that may approve, as U0123,S0123 (default: nobody);
                          groups need the scope usergroups:read
  ECR_AUDIT_WEBHOOK_URL   https address that takes each message as JSON
  ECR_AUDIT_WEBHOOK_SECRET  signs these requests (required with the address), see standardwebhooks.com
  ECR_AUDIT_WEBHOOK_ALLOWED_ADDRESSES  private ranges that webhooks may be at (default: none), as 10.1.2.0/24
  ECR_AUDIT_METRICS_PORT  port for /healthz, /readyz and /metrics (default: none)
  ECR_AUDIT_METRICS_HOST  address for them (default: 127.0.0.1)
  LOG_LEVEL               trace, debug, info (default), warn, error, fatal, silent

A variable that holds a secret (the URLs, the token, the signing secrets) may be replaced by its companion with _FILE behind its
name, which names a file.

Each line on standard output is {"id", "kind", "scanId", "createdAt", "payload"}. A line that comes twice has the same id. Logs are lines of
JSON on standard error. SIGTERM finishes the delivery under way and exits 0.

Exit codes: 0 stopped by a signal, 1 could not start, or could not stop in time, 2 the environment is wrong.

Example:
  DATABASE_URL=postgres://audit@db/audit node services/notifier/src/main.ts | jq .payload
`;
