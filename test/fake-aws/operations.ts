import type { Operation } from './fake-call.ts';
import { accountOperations } from './services/account.ts';
import { cloudTrailOperations } from './services/cloudtrail.ts';
import { ecrOperations } from './services/ecr.ts';
import { iamOperations } from './services/iam.ts';
import { organizationsOperations } from './services/organizations.ts';
import { stsOperations } from './services/sts.ts';
import type { ServiceName } from './wire/operation-schema.ts';

const operations: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>> = {
  iam: iamOperations,
  sts: stsOperations,
  ecr: ecrOperations,
  cloudtrail: cloudTrailOperations,
  organizations: organizationsOperations,
  account: accountOperations,
};

/** Gives the operation, or null where the fake does not have it. */
export function operationNamed(service: ServiceName, name: string): Operation | null {
  return Object.hasOwn(operations[service], name) ? (operations[service][name] ?? null) : null;
}
