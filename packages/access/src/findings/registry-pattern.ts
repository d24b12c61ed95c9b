const MARKER = ':repository/';

/** The registry of a repository, as `toCome` names it: `arn:aws:ecr:REGION:ACCOUNT:repository/*`. */
export function registryOf(repositoryArn: string): string {
  const at = repositoryArn.indexOf(MARKER);
  return at < 0 ? repositoryArn : `${repositoryArn.slice(0, at + MARKER.length)}*`;
}
