import { z } from 'zod';

const organizationFile = z.object({
  Organization: z.looseObject({ Id: z.string(), MasterAccountId: z.string().optional() }),
  Roots: z.array(z.looseObject({ Id: z.string() })),
  OrganizationalUnits: z.array(z.looseObject({ Id: z.string(), ParentId: z.string() })),
  Accounts: z.array(
    z.looseObject({
      Id: z.string(),
      ParentId: z.string(),
      Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
    }),
  ),
  Policies: z.array(
    z.object({
      PolicySummary: z.looseObject({ Id: z.string(), Type: z.string() }),
      Content: z.string(),
      Targets: z.array(z.union([z.string(), z.object({ TargetId: z.string() })])),
    }),
  ),
});

type OrganizationFile = z.infer<typeof organizationFile>;

/** `organization.json` as the fake serves it, with what the calls by parent ask for looked up beforehand. */
export interface ServedOrganization {
  readonly file: OrganizationFile;
  readonly members: ReadonlySet<string>;
  readonly unitsBelow: ReadonlyMap<string, readonly unknown[]>;
  readonly accountsBelow: ReadonlyMap<string, readonly unknown[]>;
}

export function servedOrganization(value: unknown): ServedOrganization {
  const file = organizationFile.parse(value);
  const { MasterAccountId } = file.Organization;
  return {
    file,
    members: new Set([
      ...file.Accounts.map((account) => account.Id),
      ...(MasterAccountId === undefined ? [] : [MasterAccountId]),
    ]),
    unitsBelow: Map.groupBy(file.OrganizationalUnits, (unit) => unit.ParentId),
    accountsBelow: Map.groupBy(file.Accounts, (account) => account.ParentId),
  };
}
