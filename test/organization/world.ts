import type { SnapshotPart } from '@ecr-audit/access';
import { collectOrganization } from '@ecr-audit/aws';
import type { AccountFilter, AwsFleet, AwsFleetOptions, OrganizationCollection } from '@ecr-audit/aws';
import { z } from 'zod';
import { openFake, openFleet } from '../fake-aws/testing.ts';
import type { OpenFakeOptions } from '../fake-aws/testing.ts';
import type { FakeAws } from '../fake-aws/start-fake-aws.ts';
import { generateOrganization } from '../organization-generator/generate.ts';
import { generatorOptions } from '../organization-generator/options.ts';

export const takenAt = new Date('2026-11-09T06:00:00Z');
export const nothing: AccountFilter = { accounts: [], organizationalUnits: [], tags: {} };

export const organizationSchema = z.looseObject({
  Organization: z.looseObject({ Id: z.string(), MasterAccountId: z.string() }),
  Roots: z.array(z.looseObject({ Id: z.string() })),
  OrganizationalUnits: z.array(z.looseObject({ Id: z.string(), Name: z.string(), ParentId: z.string() })),
  Accounts: z.array(z.looseObject({ Id: z.string(), ParentId: z.string() })),
  Policies: z.array(
    z.looseObject({
      PolicySummary: z.looseObject({ Id: z.string(), Name: z.string(), Type: z.string() }),
      Targets: z.array(z.string()),
    }),
  ),
});

export type OrganizationFile = z.infer<typeof organizationSchema>;

/** A generated organization in which every account has the files that a collector writes, identity providers too. */
export function smallOrganization(size: {
  readonly accounts: number;
  readonly principals: number;
  readonly repositories: number;
}): readonly SnapshotPart[] {
  const parts = generateOrganization(generatorOptions({ ...size, regions: ['eu-west-1', 'us-east-1'] }));
  const accountIds = organizationOf(parts).Accounts.map((account) => account.Id);
  const providers = accountIds.map((accountId) => ({
    path: `accounts/${accountId}/identity-providers.json`,
    content: JSON.stringify({
      OpenIDConnectProviders: [{ Arn: `arn:aws:iam::${accountId}:oidc-provider/token.example`, Url: 'token.example' }],
      SAMLProviders: [],
    }),
  }));
  return [...parts, ...providers];
}

export function organizationOf(parts: readonly SnapshotPart[]): OrganizationFile {
  return organizationSchema.parse(JSON.parse(contentOf(parts, 'organization.json')));
}

/** Gives the same parts with another `organization.json`. */
export function withOrganization(
  parts: readonly SnapshotPart[],
  change: (organization: OrganizationFile) => OrganizationFile,
): readonly SnapshotPart[] {
  const content = JSON.stringify(change(organizationOf(parts)));
  return [...parts.filter((part) => part.path !== 'organization.json'), { path: 'organization.json', content }];
}

/** Leaves out the units without an account below them, and the policies that are not wanted: every one costs calls. */
export function cutDown(
  parts: readonly SnapshotPart[],
  isWanted: (policy: OrganizationFile['Policies'][number]) => boolean,
): readonly SnapshotPart[] {
  return withOrganization(parts, (whole) => {
    const parents = new Set(whole.Accounts.map((account) => account.ParentId));
    const above = new Set(
      whole.OrganizationalUnits.filter((unit) => parents.has(unit.Id)).map((unit) => unit.ParentId),
    );
    const units = whole.OrganizationalUnits.filter((unit) => parents.has(unit.Id) || above.has(unit.Id));
    const there = new Set([...whole.Roots, ...units, ...whole.Accounts].map((each) => each.Id));
    const policies = whole.Policies.filter(isWanted);
    return {
      ...whole,
      OrganizationalUnits: units,
      Policies: policies.map((policy) => ({ ...policy, Targets: policy.Targets.filter((id) => there.has(id)) })),
    };
  });
}

export function contentOf(parts: readonly SnapshotPart[], path: string): string {
  return parts.find((part) => part.path === path)?.content ?? '';
}

/** Serves an organization to a fleet whose caller sits in the management account. Both end with the test. */
export async function serve(
  parts: readonly SnapshotPart[],
  options: Omit<OpenFakeOptions, 'parts'> = {},
  fleetOptions: AwsFleetOptions = {},
): Promise<{ readonly fake: FakeAws; readonly fleet: AwsFleet }> {
  const callerAccountId = options.callerAccountId ?? organizationOf(parts).Organization.MasterAccountId;
  const fake = await openFake({ ...options, parts, callerAccountId });
  return { fake, fleet: await openFleet({ regions: ['eu-west-1'], ...fleetOptions }) };
}

/** Collects everything but CloudTrail, which has tests of its own. */
export async function collect(
  fleet: AwsFleet,
  options: Partial<Parameters<typeof collectOrganization>[1]> = {},
): Promise<OrganizationCollection> {
  return await collectOrganization(fleet, {
    takenAt,
    activityWindow: null,
    accounts: 'discover',
    selection: { include: nothing, exclude: nothing },
    regions: 'all',
    fallbackRegions: ['eu-west-1'],
    ...options,
  });
}

/** The gaps, but for those of CloudTrail that was left out. */
export function gapsOf(collected: OrganizationCollection): OrganizationCollection['gaps'] {
  return collected.gaps.filter((gap) => gap.source !== 'cloudtrail:LookupEvents');
}
