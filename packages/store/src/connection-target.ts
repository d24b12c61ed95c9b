import { StoreError } from './errors.ts';

/** Where a database URL leads, without its password. */
export interface ConnectionTarget {
  /** The URL as postgres.js takes it, with the parameters that it would pass on to the server removed. */
  readonly url: string;
  /** A host name, or the directory of the Unix socket. Null leaves it to the URL. */
  readonly socketDirectory: string | null;
  /** For messages: `localhost:5432`, or the path of the socket. */
  readonly description: string;
  readonly database: string;
}

/**
 * Reads a database URL. `?host=/directory` means a Unix socket, as in libpq and in `pg`, so that one URL serves both drivers.
 *
 * Throws `databaseUrlInvalid` for what is no Postgres URL; the URL itself is never in the message, because it may hold a password.
 */
export function connectionTarget(databaseUrl: string): ConnectionTarget {
  const url = parse(databaseUrl);
  const host = url.searchParams.get('host');
  const port = url.searchParams.get('port') ?? (url.port === '' ? '5432' : url.port);
  // postgres.js sends parameters that it does not know to the server, which would refuse these two.
  url.searchParams.delete('host');
  url.searchParams.delete('port');
  const database = decodeURIComponent(url.pathname.slice(1));
  if (host !== null && !host.startsWith('/')) {
    url.hostname = host;
  }
  url.port = port;
  const socketDirectory = host !== null && host.startsWith('/') ? host : null;
  return {
    url: url.href,
    socketDirectory,
    description: socketDirectory === null ? `${url.hostname}:${port}` : `${socketDirectory}/.s.PGSQL.${port}`,
    database,
  };
}

function parse(databaseUrl: string): URL {
  // `postgres:///name?host=/directory` is common, but a URL with a user and no host is none to the URL parser.
  const completed = databaseUrl.replace(/^(postgres(?:ql)?:\/\/)([^/?#]*@)?(?=[/?#]|$)/, '$1$2localhost');
  const url = URL.parse(completed);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new StoreError(
      'databaseUrlInvalid',
      'the database URL cannot be read: expected `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, or `?host=/DIRECTORY` for a Unix socket',
    );
  }
  return url;
}
