import type { SnapshotPart } from '@ecr-audit/access';
import { organizationFile } from '../sample-organization/render/organization.ts';
import type { GeneratedOrganization } from './model.ts';
import { authorizationDetails } from './render-iam.ts';
import { registryFiles } from './render-registry.ts';

const firstTakenAtMs = Date.parse('2026-01-05T06:00:00Z');
const dayMs = 24 * 60 * 60 * 1000;

/** The files of the snapshot directory, every day at the same hour. */
export function renderSnapshot({ day, organization, accounts }: GeneratedOrganization): SnapshotPart[] {
  const takenAt = new Date(firstTakenAtMs + day * dayMs).toISOString();
  return [
    part('snapshot.json', { formatVersion: 1, takenAt, partition: 'aws', gaps: [] }),
    part('organization.json', organizationFile(organization)),
    ...accounts.flatMap((account) => {
      const folder = `accounts/${account.plan.id}`;
      return [
        part(`${folder}/account-authorization-details.json`, authorizationDetails(account)),
        ...account.registries.flatMap((registry) =>
          Object.entries(registryFiles(account.plan.id, registry)).map(([name, value]) =>
            part(`${folder}/${registry.region}/${name}`, value),
          ),
        ),
      ];
    }),
  ];
}

function part(path: string, value: unknown): SnapshotPart {
  return { path, content: `${JSON.stringify(value)}\n` };
}
