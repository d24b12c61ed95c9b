/** The user that the server runs as, where that is not the one that starts it. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

// `nobody`: it exists in every distribution and image that we know, so nothing has to be created.
const nobody: ServerUser = { uid: 65534, gid: 65534 };

/** Postgres refuses to run as root, so root starts it as `nobody`. Null for every other user. */
export function serverUser(): ServerUser | null {
  return process.getuid?.() === 0 ? nobody : null;
}
