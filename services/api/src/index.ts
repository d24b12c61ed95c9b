export type { Api, ApiDependencies } from './api.ts';
export { createApi } from './create-api.ts';
export { ApiError, apiErrorCodes, type ApiErrorCode } from './errors.ts';
export { withStoredUse } from './routes/rehearsals.ts';
export { serveApi, type ServedApi } from './serve-api.ts';
