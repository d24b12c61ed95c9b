import { createApi, serveApi } from '@ecr-audit/api';
import type { Logger } from '@ecr-audit/runtime';
import type { Store } from '@ecr-audit/store';
import type { CommandContext } from './context.ts';

/** Serves the API until the command ends; resolves to its address. Throws `portInUse` and `addressUnusable`. */
export async function startApi(
  { lifecycle }: CommandContext,
  options: { readonly store: Store; readonly logger: Logger; readonly host: string; readonly port: number },
): Promise<string> {
  const { store, logger, host, port } = options;
  const api = createApi({ store, logger, clock: () => performance.now() });
  const served = await serveApi({ api, host, port });
  lifecycle.defer('properEnd', async () => await served.close());
  return served.url;
}
