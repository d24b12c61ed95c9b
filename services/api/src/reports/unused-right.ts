import { type Absence, type BitSet, type OverPermissionReport, type PrincipalUse } from '@ecr-audit/access';
import type { JobOf } from './report-jobs.ts';
import type { ScanReader } from './scan-reader.ts';
import { useReport } from './use-input.ts';

/** Where a right that one principal holds was not used, or where that is not known. */
export interface UnusedOfPrincipal {
  readonly principalId: string;
  /** Bit `i` is the repository at `i` in the order of ARNs. */
  readonly repositories: readonly { readonly absence: Absence; readonly set: BitSet }[];
  readonly registries: readonly { readonly accountId: string; readonly region: string; readonly absence: Absence }[];
}

export interface UnusedRight {
  readonly period: { readonly from: string; readonly until: string };
  readonly principals: readonly UnusedOfPrincipal[];
}

/** Who did not use one right where. Principals whose rights no policy of theirs takes away are not among them. */
export async function unusedRight(reader: ScanReader, { right, ...asked }: JobOf<'unusedRight'>): Promise<UnusedRight> {
  const { period, principals }: OverPermissionReport = await useReport(reader, { ...asked, production: [] });
  return {
    period: { from: new Date(period.fromMs).toISOString(), until: new Date(period.asOfMs).toISOString() },
    principals: principals.flatMap((use) => unusedOf(use, right)),
  };
}

function unusedOf(
  { principal, capabilities, actions, registryActions }: PrincipalUse,
  right: string,
): UnusedOfPrincipal[] {
  const repositories = [...capabilities, ...actions].find((each) => each.right === right)?.absent ?? [];
  const places = registryActions.find((each) => each.right === right)?.places ?? [];
  const registries = places.flatMap(({ accountId, region, use }) =>
    use.kind === 'used' ? [] : [{ accountId, region, absence: use }],
  );
  return repositories.length + registries.length === 0 ? [] : [{ principalId: principal.id, repositories, registries }];
}
