const accountFiles = new Set(['account-authorization-details.json', 'identity-providers.json']);
const regionFiles = new Set([
  'repositories.json',
  'repository-policies.json',
  'repository-tags.json',
  'registry.json',
  'cloudtrail-events.ndjson',
  'cloudtrail-window.json',
]);
const topFiles = new Set(['snapshot.json', 'organization.json']);

const accountFolder = /^\d{12}$/;
const regionFolder = /^[a-z0-9-]{1,40}$/;

/** True for the path of a part, relative to the snapshot directory and without `.gz`. */
export function isSnapshotPath(path: string): boolean {
  const [first = '', accountId = '', third = '', fourth, ...rest] = path.split('/');
  if (path === first) {
    return topFiles.has(first);
  }
  if (first !== 'accounts' || !accountFolder.test(accountId) || rest.length > 0) {
    return false;
  }
  return fourth === undefined ? accountFiles.has(third) : regionFolder.test(third) && regionFiles.has(fourth);
}

/** True for a folder that may hold parts. */
export function isSnapshotFolder(path: string): boolean {
  const [first = '', accountId, region, ...rest] = path.split('/');
  return (
    first === 'accounts' &&
    (accountId === undefined || accountFolder.test(accountId)) &&
    (region === undefined || regionFolder.test(region)) &&
    rest.length === 0
  );
}
