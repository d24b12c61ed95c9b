import {
  type AsOf,
  findPrincipal,
  listPrincipals,
  listRepositories,
  type Principal,
  type Repository,
  type Store,
} from '@ecr-audit/store';
import { CliError } from '../errors.ts';
import { findStoredScan } from '../stored-scan.ts';

// More repositories than a name has regions and accounts; a pattern for more is a question for `access`.
const foundMax = 200;

/** Of what was asked about: those that the scan knew, and those that only a later one knows. */
export interface Subjects<Subject> {
  readonly there: readonly Subject[];
  readonly later: readonly Subject[];
}

/** The repositories with an ARN, or with a name in which `*` stands for any characters. Throws `optionInvalid` where there is none. */
export async function findRepositories(store: Store, asOf: AsOf, which: string): Promise<Subjects<Repository>> {
  const there = await repositoriesAsOf(store, asOf, which);
  if (there.length > 0) {
    return { there, later: [] };
  }
  const later = await repositoriesAsOf(store, await findStoredScan(store, asOf.targetKey), which);
  if (later.length === 0) {
    throw new CliError(
      'optionInvalid',
      `\`${asOf.targetKey}\` had no repository \`${which}\` in the scan of \`${asOf.takenAt}\`, nor has it now: expected an ARN, or a name such as \`team/app\` or \`team/*\``,
    );
  }
  return { there: [], later };
}

async function repositoriesAsOf(store: Store, asOf: AsOf, which: string): Promise<Repository[]> {
  const name = which.startsWith('arn:') ? which.slice(which.indexOf(':repository/') + ':repository/'.length) : which;
  const found = await listRepositories(store.sql, asOf, { name, limit: foundMax + 1 });
  if (found.length > foundMax) {
    throw new CliError(
      'optionInvalid',
      `\`${which}\` is more than ${foundMax} repositories: expected fewer; \`ecr-audit access\` exports all of them`,
    );
  }
  return which.startsWith('arn:') ? found.filter(({ arn }) => arn === which) : found;
}

/** The principals with a unique id, an ARN or a name. Throws `optionInvalid` where there is none. */
export async function findPrincipals(store: Store, asOf: AsOf, who: string): Promise<Subjects<Principal>> {
  const there = await principalsAsOf(store, asOf, who);
  if (there.length > 0) {
    return { there, later: [] };
  }
  const later = await principalsAsOf(store, await findStoredScan(store, asOf.targetKey), who);
  if (later.length === 0) {
    throw new CliError(
      'optionInvalid',
      `\`${asOf.targetKey}\` had no principal \`${who}\` in the scan of \`${asOf.takenAt}\`, nor has it now: expected an ARN, a unique id or a name`,
    );
  }
  return { there: [], later };
}

async function principalsAsOf(store: Store, asOf: AsOf, who: string): Promise<Principal[]> {
  const byArn = await listPrincipals(store.sql, asOf, { arn: who, limit: foundMax });
  if (byArn.length > 0) {
    return byArn;
  }
  const byId = await findPrincipal(store.sql, asOf, who);
  // It finds those of other times, too.
  if (byId !== null && byId.firstSeenAt <= asOf.takenAt && (byId.goneSince === null || byId.goneSince > asOf.takenAt)) {
    return [byId];
  }
  const named = await listPrincipals(store.sql, asOf, { namePrefix: who, limit: foundMax });
  return named.filter(({ name }) => name === who);
}
