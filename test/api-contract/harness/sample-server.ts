import { serveApi } from '@ecr-audit/api';
import { startTestApi, type TestApi } from '../../api/harness/start-api.ts';
import { type ContractDocument, documentSchema } from './contract-document.ts';
import { loadSample } from './sample-scene.ts';

/** A service that listens, over a database that holds the sample organization. */
export interface SampleServer extends TestApi {
  readonly url: string;
  /** What it says of itself. */
  readonly document: ContractDocument;
}

export async function startSampleServer(): Promise<SampleServer> {
  const test = await startTestApi();
  await loadSample(test.store);
  const served = await serveApi({ api: test.api, host: '127.0.0.1', port: 0 });
  const answer = await fetch(`${served.url}/openapi.json`);
  return {
    ...test,
    url: served.url,
    document: documentSchema.parse(await answer.json()),
    stop: async () => {
      await served.close();
      await test.stop();
    },
  };
}
