import type { SnapshotPart } from '@ecr-audit/access';

export const accountId = '111122223333';

interface PolicyAtAws {
  /** What is listed as the default version. */
  readonly version: string;
  readonly document: unknown;
  /** The version that is there, where it is another by now. */
  readonly has?: string;
}

export function arnOf(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

/** An account for the fake AWS to serve, with these policies of AWS; names may hold a path. */
export function policiesAtAws(policies: Readonly<Record<string, PolicyAtAws>>): readonly SnapshotPart[] {
  const at = '2026-01-05T09:00:00+00:00';
  const Policies = Object.entries(policies).map(([name, { version, document, has = version }]) => ({
    PolicyName: name.split('/').at(-1),
    PolicyId: 'ANPA0000000000000000A',
    Arn: arnOf(name),
    Path: '/',
    DefaultVersionId: version,
    CreateDate: at,
    UpdateDate: at,
    PolicyVersionList: [{ VersionId: has, IsDefaultVersion: true, Document: document, CreateDate: at }],
  }));
  return [
    {
      path: 'snapshot.json',
      content: JSON.stringify({ formatVersion: 1, takenAt: '2026-11-16T06:00:00Z', partition: 'aws', gaps: [] }),
    },
    {
      path: `accounts/${accountId}/account-authorization-details.json`,
      content: JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies }),
    },
  ];
}
