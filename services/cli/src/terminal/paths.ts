import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The directory that relative paths start from: where the user stands.
 *
 * pnpm runs a script in the folder of its package.json and keeps the user's own directory in `INIT_CWD`. Elsewhere
 * that variable may be left over from a script further up, so it counts only in that folder.
 */
function startDirectory(environment: Environment, currentDirectory: string): string {
  const packageFile = environment['npm_package_json'];
  const initial = environment['INIT_CWD'];
  const isScript = packageFile !== undefined && path.dirname(packageFile) === currentDirectory;
  return isScript && initial !== undefined && initial !== '' ? initial : currentDirectory;
}

/** A path of the command line, made absolute. */
export function userPath(given: string): string {
  return path.resolve(startDirectory(process.env, process.cwd()), given);
}
