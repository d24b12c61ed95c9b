import { createApi, serveApi, startReports } from '@ecr-audit/api';
import { createLogger } from '@ecr-audit/runtime';
import { openStore } from '@ecr-audit/store';

/* The API in a process of its own, whose memory is nobody else's: `lists-server.ts`, with DATABASE_URL. It prints its address. */

const databaseUrl = process.env['DATABASE_URL'] ?? '';
const store = await openStore(databaseUrl);
const api = createApi({
  store,
  logger: createLogger('api', { level: 'error' }),
  clock: () => performance.now(),
  now: () => new Date(),
  authentication: 'off',
  reports: startReports({ databaseUrl }),
});
const { url } = await serveApi({ api, host: '127.0.0.1', port: 0 });
process.stdout.write(`${url}\n`);
