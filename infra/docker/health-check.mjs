// Whether the process in this container answers. It asks /healthz and not /readyz: a database that is away is no reason
// to kill a worker that waits for it, and an orchestrator kills what is unhealthy.
const timeoutMs = 3_000;
const port = process.env['ECR_AUDIT_METRICS_PORT'] || '9464';

try {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(timeoutMs) });
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
