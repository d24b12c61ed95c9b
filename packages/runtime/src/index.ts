export { ConfigurationError, runtimeErrorCodes, type RuntimeErrorCode } from './errors.ts';
export { readConfiguration, setting, type Configuration, type Environment, type Setting } from './configuration.ts';
export { settings } from './settings.ts';
export { createLogger, type Logger, type LoggerOptions } from './create-logger.ts';
export { redact } from './redact.ts';
export { onShutdown, type ShutdownOptions } from './on-shutdown.ts';
export { runProcess } from './run-process.ts';
export type { ApiContent } from './file/api-schema.ts';
export { type AccountSelection, type AuditConfiguration } from './file/audit-configuration.ts';
export { configurationFromEnvironment, loadConfigurationFile } from './file/load-configuration-file.ts';
export { configurationText } from './file/configuration-text.ts';
export { configurationJsonSchema } from './file/names-of-schema.ts';
export { configurationOverrides } from './file/overrides.ts';
export { describeSecretReference, readSecret, type SecretReference } from './file/secret-reference.ts';
export type { CheckResult, HealthCheck } from './health/run-checks.ts';
export { startHealthServer, type HealthServer, type HealthServerOptions } from './health/start-health-server.ts';
export {
  createMetrics,
  type CallResult,
  type JobOutcome,
  type Metrics,
  type ScanOutcome,
} from './metrics/create-metrics.ts';
