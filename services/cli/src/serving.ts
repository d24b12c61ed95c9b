import {
  adviceForNobody,
  type Authentication,
  createApi,
  serveApi,
  startAuditTrail,
  startReports,
} from '@ecr-audit/api';
import type { Logger } from '@ecr-audit/runtime';
import type { CommandContext } from './context.ts';
import type { OpenDatabase } from './open-database.ts';

export interface ApiOptions {
  readonly database: OpenDatabase;
  readonly logger: Logger;
  readonly host: string;
  readonly port: number;
  readonly authentication: 'off' | Authentication;
  readonly origins?: readonly string[];
}

/** Serves the API until the command ends; resolves to its address. Throws `portInUse` and `addressUnusable`. */
export async function startApi({ lifecycle, now, progress }: CommandContext, options: ApiOptions): Promise<string> {
  const { database, logger, host, port, authentication, origins = [] } = options;
  const { store } = database;
  const reports = startReports({ databaseUrl: database.url });
  lifecycle.defer('properEnd', async () => await reports.close());
  const trail = startAuditTrail({ store, now, onProblem: (problem, error) => logger.error({ err: error }, problem) });
  lifecycle.defer('properEnd', async () => await trail.close());
  const api = createApi({
    store,
    logger,
    clock: () => performance.now(),
    now,
    reports,
    authentication,
    trail,
    origins,
  });
  const served = await serveApi({ api, host, port });
  lifecycle.defer('properEnd', async () => await served.close());
  const advice = await adviceForNobody(store, authentication, now());
  if (advice !== null) {
    progress.note(`Of the API: ${advice}.`);
  }
  return served.url;
}
