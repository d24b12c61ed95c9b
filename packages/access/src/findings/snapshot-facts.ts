import { nameDocument } from '../snapshot/named-document.ts';
import type { NamedDocument } from '../snapshot/model.ts';
import type { SnapshotPart } from '../snapshot/part.ts';
import { readPart } from '../snapshot/read-part.ts';
import {
  type RegistrySettings,
  registrySettingsSchema,
  type RepositorySettings,
  repositorySettingsSchema,
  rolesSchema,
} from './facts-schemas.ts';

/** What the files of a snapshot hold that no decision about access rests on, and that rules read all the same. */
export interface SnapshotFacts {
  /** Trust policies by the unique id of the role. */
  readonly trusts: ReadonlyMap<string, NamedDocument>;
  /** By ARN. */
  readonly repositories: ReadonlyMap<string, RepositorySettings>;
  /** By `ACCOUNT REGION`. */
  readonly registries: ReadonlyMap<string, RegistrySettings>;
}

export function registryKey({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `${accountId} ${region}`;
}

/** Reads them. @throws SnapshotFormatError where a file is malformed, as the assembly does. */
export function snapshotFacts(parts: readonly SnapshotPart[]): SnapshotFacts {
  const trusts = new Map<string, NamedDocument>();
  const repositories = new Map<string, RepositorySettings>();
  const registries = new Map<string, RegistrySettings>();
  for (const part of parts) {
    const [top, accountId, third, fourth] = part.path.split('/');
    if (top !== 'accounts' || accountId === undefined || third === undefined) {
      continue;
    }
    if (third === 'account-authorization-details.json') {
      readTrusts(part, trusts);
    } else if (fourth === 'repositories.json') {
      for (const repository of readPart(part, repositorySettingsSchema).repositories) {
        repositories.set(repository.repositoryArn, repository);
      }
    } else if (fourth === 'registry.json') {
      registries.set(registryKey({ accountId, region: third }), readPart(part, registrySettingsSchema));
    }
  }
  return { trusts, repositories, registries };
}

function readTrusts(part: SnapshotPart, trusts: Map<string, NamedDocument>): void {
  for (const { RoleId, Arn, AssumeRolePolicyDocument } of readPart(part, rolesSchema).RoleDetailList) {
    if (AssumeRolePolicyDocument !== undefined) {
      // Its problems are told where a rule meets them: no decision about ECR rests on a trust policy.
      const form = { kind: 'resource', lengthMax: null } as const;
      trusts.set(RoleId, nameDocument(`${Arn}#trust`, AssumeRolePolicyDocument, form, []));
    }
  }
}
