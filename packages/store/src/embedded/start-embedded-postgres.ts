import { installedBinaries, runnableBinaries } from './binaries.ts';
import { prepareCluster } from './cluster.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { isManagedServer, recordManagedServer, takeLease } from './leases.ts';
import { runningPostmaster, type Postmaster } from './postmaster.ts';
import { serverUser } from './server-user.ts';
import { makeSocketDirectory } from './socket-directory.ts';
import { startServer } from './start-server.ts';
import { requestStop, stopServer } from './stop-server.ts';

export interface EmbeddedPostgresOptions {
  /** Created where it is missing; holds the database, the log and, for root, a copy of the binaries. */
  readonly directory: string;
  /** Server settings, such as `{ fsync: 'off' }`. They hold only for a server that this call starts. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onProgress?: (message: string) => void;
}

export interface EmbeddedPostgres {
  /** For postgres.js, `pg` and psql. The same for the same directory, also after a restart. */
  readonly url: string;
  readonly socketDirectory: string;
  /** False where a server already ran on the directory. */
  readonly startedHere: boolean;
  /** Gives the server up; the last user stops it, which takes 16 seconds at most. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts Postgres on a directory, or joins the server that runs there.
 *
 * A server lives as long as some process uses it: the one that started it may go first, and one whose starter was killed
 * is taken over. A server that somebody started by hand is used and never stopped. The first start takes about a second,
 * later ones some 30 ms. Throws the codes from `platformUnsupported` to `embeddedPostgresFailed` of errors.ts.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { directory, settings = {}, onProgress = () => {} } = options;
  const user = serverUser();
  installedBinaries();
  const dataDirectory = prepareDataDirectory(directory, user);
  // Before the look for a running server, so that its last user sees us and lets it run.
  const lease = takeLease(dataDirectory);
  try {
    const binaries = runnableBinaries(dataDirectory, user);
    const cluster = await prepareCluster(dataDirectory, binaries, user, onProgress);
    const running = runningPostmaster(cluster);
    if (running?.isReady === true) {
      return handle(dataDirectory, running, false, lease.release);
    }

    onProgress('starting the database');
    const socketDirectory = makeSocketDirectory(dataDirectory, user);
    const start = { dataDirectory, cluster, binaries, socketDirectory, user, settings };
    const { postmaster, isOurs } = await startServer(start);
    if (isOurs) {
      recordManagedServer(dataDirectory, postmaster.pid);
    }
    return handle(dataDirectory, postmaster, isOurs, lease.release);
  } catch (error) {
    lease.release();
    throw error;
  }
}

function handle(
  dataDirectory: string,
  postmaster: Postmaster,
  startedHere: boolean,
  releaseLease: () => boolean,
): EmbeddedPostgres {
  let stopping: Promise<void> | null = null;
  const isLastUser = (): boolean => releaseLease() && isManagedServer(dataDirectory, postmaster.pid);
  const stopAtExit = (): void => {
    if (isLastUser()) {
      requestStop(postmaster);
    }
  };
  const stop = async (): Promise<void> => {
    process.off('exit', stopAtExit);
    if (isLastUser()) {
      await stopServer(postmaster);
    }
  };
  // A program that ends without stopping should not leave a server behind. Only SIGKILL gets past this.
  process.on('exit', stopAtExit);
  return {
    url: `postgres://postgres@localhost:${postmaster.port}/postgres?host=${encodeURIComponent(postmaster.socketDirectory)}`,
    socketDirectory: postmaster.socketDirectory,
    startedHere,
    stop: () => (stopping ??= stop()),
  };
}
