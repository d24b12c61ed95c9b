import { type AsOf, findAsOf, listTargets, type Store } from '@ecr-audit/store';
import { CliError } from './errors.ts';

/** The completed scan to answer from: the latest of a target, or of all. Throws `noScan`. */
export async function findStoredScan(store: Store, targetKey: string | undefined): Promise<AsOf> {
  const asOf = await findAsOf(store.sql, targetKey === undefined ? {} : { targetKey });
  if (asOf !== null) {
    return asOf;
  }
  const targets = await listTargets(store.sql);
  if (targetKey === undefined || targets.length === 0) {
    throw new CliError(
      'noScan',
      'the database holds no completed scan: run `ecr-audit scan` first, or name a directory with `--snapshot DIR`',
    );
  }
  const known = targets.map(({ key }) => `\`${key}\``).join(', ');
  throw new CliError('noScan', `no completed scan of \`${targetKey}\`: expected one of ${known}`);
}
