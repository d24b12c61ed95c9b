import { isAccountId } from '@ecr-audit/policy';
import { SnapshotFormatError } from '../errors.ts';
import { assembleIam } from './assemble-iam.ts';
import { assembleOrganization } from './assemble-organization.ts';
import { assembleRegion } from './assemble-region.ts';
import type { CollectionGap } from './gap.ts';
import { findGap, findGapWithin } from './gaps.ts';
import type {
  AccountSnapshot,
  CloudTrailWindow,
  DocumentProblem,
  IamSnapshot,
  RegionSnapshot,
  Snapshot,
} from './model.ts';
import type { SnapshotPart } from './part.ts';
import { readPart } from './read-part.ts';
import { authorizationDetailsSchema, cloudTrailWindowSchema, organizationSchema, snapshotSchema } from './schemas.ts';

/** The files of a region without which something stays unread, with the call that fills each. */
const REGION_FILES: readonly { readonly name: string; readonly call: string }[] = [
  { name: 'repositories.json', call: 'ecr:DescribeRepositories' },
  { name: 'repository-policies.json', call: 'ecr:GetRepositoryPolicy' },
  { name: 'repository-tags.json', call: 'ecr:ListTagsForResource' },
  { name: 'registry.json', call: 'ecr:GetRegistryPolicy' },
];

const IAM_FILE = 'account-authorization-details.json';
const IAM_CALL = 'iam:GetAccountAuthorizationDetails';

/**
 * Puts the files of a snapshot together into what can be asked.
 *
 * A file that is missing becomes a gap. A policy document that cannot be read becomes a problem that taints only
 * what rests on it.
 *
 * @throws SnapshotFormatError where a file is malformed, naming the file and the place.
 */
export function assembleSnapshot(parts: readonly SnapshotPart[]): Snapshot {
  const byPath = new Map(parts.map((part) => [part.path, part]));
  const head = byPath.get('snapshot.json');
  if (head === undefined) {
    throw new SnapshotFormatError(
      'notASnapshot',
      { path: 'snapshot.json', place: '' },
      'it is missing: expected a directory written by `ecr-audit collect --out DIR`',
    );
  }
  const { takenAt, partition, gaps } = readPart(head, snapshotSchema);
  const problems: DocumentProblem[] = [];
  const organizationPart = byPath.get('organization.json');
  const organization =
    organizationPart === undefined
      ? null
      : assembleOrganization(readPart(organizationPart, organizationSchema), problems);
  const folders = accountFolders(parts);
  const missing = missingFiles(folders, gaps);
  const allGaps = [...gaps, ...missing];
  const accounts = [...folders].map(([id, folder]): [string, AccountSnapshot] => [
    id,
    {
      id,
      iam: iamOf(id, folder, gaps, problems),
      cloudTrailWindows: windowsOf(folder),
      regions: new Map(
        registriesOf(folder).map(([region, files]): [string, RegionSnapshot] => [
          region,
          assembleRegion({ accountId: id, region, partition, files, gaps }, problems),
        ]),
      ),
    },
  ]);
  return { takenAt, partition, gaps: allGaps, organization, accounts: new Map(accounts), problems };
}

interface AccountFolder {
  readonly files: Map<string, SnapshotPart>;
  readonly regions: Map<string, Map<string, SnapshotPart>>;
}

function accountFolders(parts: readonly SnapshotPart[]): Map<string, AccountFolder> {
  const folders = new Map<string, AccountFolder>();
  for (const part of parts) {
    const [top, id, third, fourth] = part.path.split('/');
    if (top !== 'accounts' || id === undefined || third === undefined) {
      continue;
    }
    if (!isAccountId(id)) {
      throw new SnapshotFormatError(
        'malformedFile',
        { path: part.path, place: '' },
        `expected a folder named by a twelve-digit account id, not \`${id}\``,
      );
    }
    const folder = folders.get(id) ?? { files: new Map(), regions: new Map() };
    folders.set(id, folder);
    if (fourth === undefined) {
      folder.files.set(third, part);
    } else {
      const region = folder.regions.get(third) ?? new Map<string, SnapshotPart>();
      folder.regions.set(third, region.set(fourth, part));
    }
  }
  return folders;
}

/** A folder that holds events alone is that of a region where nobody looked for a registry. */
function registriesOf(folder: AccountFolder): [string, Map<string, SnapshotPart>][] {
  return [...folder.regions].filter(([, files]) => [...files.keys()].some((name) => !name.startsWith('cloudtrail-')));
}

function windowsOf(folder: AccountFolder): Map<string, CloudTrailWindow> {
  return new Map(
    [...folder.regions].flatMap(([region, files]): [string, CloudTrailWindow][] => {
      const part = files.get('cloudtrail-window.json');
      return part === undefined ? [] : [[region, readPart(part, cloudTrailWindowSchema)]];
    }),
  );
}

function iamOf(
  accountId: string,
  folder: AccountFolder,
  gaps: readonly CollectionGap[],
  problems: DocumentProblem[],
): IamSnapshot | null {
  const part = folder.files.get(IAM_FILE);
  if (part === undefined || findGapWithin(gaps, [IAM_CALL, IAM_FILE], { accountId }) !== null) {
    return null;
  }
  return assembleIam(readPart(part, authorizationDetailsSchema), problems);
}

/** A gap for every file that is missing and that no recorded gap explains already. */
function missingFiles(folders: ReadonlyMap<string, AccountFolder>, gaps: readonly CollectionGap[]): CollectionGap[] {
  const missing: CollectionGap[] = [];
  const note = (accountId: string, region: string | null, name: string, call: string): void => {
    const place = region === null ? { accountId } : { accountId, region };
    if (findGap(gaps, [call, name], place) === null) {
      missing.push({
        accountId,
        region,
        source: call,
        resource: null,
        reason: 'missingFile',
        message: `\`accounts/${accountId}/${region === null ? '' : `${region}/`}${name}\` is missing`,
      });
    }
  };
  for (const [accountId, folder] of folders) {
    if (!folder.files.has(IAM_FILE)) {
      note(accountId, null, IAM_FILE, IAM_CALL);
    }
    for (const [region, files] of registriesOf(folder)) {
      for (const { name, call } of REGION_FILES) {
        if (!files.has(name)) {
          note(accountId, region, name, call);
        }
      }
    }
  }
  return missing;
}
