import type { SnapshotPart } from '@ecr-audit/access';
import type { RecordedEvent } from './events.ts';
import { HOME, REGION, UNSEEN, type Account, type World } from './world.ts';

/** A stretch that was read, of the histories of all accounts that are read at all. */
export interface Seen {
  readonly startTime: string;
  readonly endTime: string;
  readonly complete?: boolean;
}

/** The files of a snapshot, with the events that each account and region recorded. */
export function render(
  state: World,
  { takenAt, seen, events }: { takenAt: string; seen: Seen | null; events: readonly RecordedEvent[] },
): SnapshotPart[] {
  const accounts = Object.entries(state.accounts).flatMap(([id, account]) => [
    part(`accounts/${id}/account-authorization-details.json`, {
      UserDetailList: account.users,
      GroupDetailList: account.groups,
      RoleDetailList: account.roles,
      Policies: account.policies,
    }),
    ...region(id, account),
    ...(id === UNSEEN || seen === null
      ? []
      : [HOME, REGION].flatMap((name) => [
          part(`accounts/${id}/${name}/cloudtrail-window.json`, { complete: true, ...seen }),
          {
            path: `accounts/${id}/${name}/cloudtrail-events.ndjson`,
            content: events
              .filter((event) => event.recipientAccountId === id && event.awsRegion === name)
              .map((event) => `${JSON.stringify(event)}\n`)
              .join(''),
          },
        ])),
  ]);
  return [
    part('snapshot.json', { formatVersion: 1, takenAt, partition: 'aws', gaps: [] }),
    organization(state),
    ...accounts,
  ];
}

function organization({ organization: { units, accounts, types, policies } }: World): SnapshotPart {
  const PolicyTypes = Object.entries(types).map(([Type, Status]) => ({ Type, Status }));
  return part('organization.json', {
    Organization: { Id: 'o-history0001', MasterAccountId: '111122223333' },
    Roots: [{ Id: 'r-a1b2', Name: 'Root', PolicyTypes }],
    OrganizationalUnits: units,
    Accounts: accounts,
    Policies: policies.map(({ Content, Targets, ...summary }) => ({ PolicySummary: summary, Content, Targets })),
  });
}

function region(id: string, { repositories, registry }: Account): SnapshotPart[] {
  const { policy, settings, ...others } = registry;
  const arnOf = (name: string): string => `arn:aws:ecr:${REGION}:${id}:repository/${name}`;
  const folder = `accounts/${id}/${REGION}`;
  return [
    part(`${folder}/repositories.json`, {
      repositories: repositories.map(({ name, createdAt }) => ({
        repositoryArn: arnOf(name),
        registryId: id,
        repositoryName: name,
        createdAt,
      })),
    }),
    part(
      `${folder}/repository-policies.json`,
      repositories.flatMap(({ name, policy: document }) =>
        document === null
          ? []
          : [{ registryId: id, repositoryName: name, policyText: JSON.stringify(document, null, 2) }],
      ),
    ),
    part(
      `${folder}/repository-tags.json`,
      Object.fromEntries(repositories.map(({ name, tags }) => [arnOf(name), tags])),
    ),
    part(`${folder}/registry.json`, {
      registryPolicy: policy === null ? null : JSON.stringify(policy, null, 2),
      accountSettings: settings,
      ...others,
    }),
  ];
}

function part(path: string, value: unknown): SnapshotPart {
  return { path, content: JSON.stringify(value) };
}
