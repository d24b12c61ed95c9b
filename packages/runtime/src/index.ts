export { ConfigurationError, runtimeErrorCodes, type RuntimeErrorCode } from './errors.ts';
export { readConfiguration, setting, type Configuration, type Environment, type Setting } from './configuration.ts';
export { settings } from './settings.ts';
export { createLogger, type Logger, type LoggerOptions } from './create-logger.ts';
export { redact } from './redact.ts';
export { onShutdown, type ShutdownOptions } from './on-shutdown.ts';
export { runProcess } from './run-process.ts';
