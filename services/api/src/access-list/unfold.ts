import {
  addAll,
  bitSet,
  describeResidual,
  has,
  members,
  type PrincipalRef,
  type Residual,
  resolveReasons,
} from '@ecr-audit/access';
import type { AccessPlaces, HeldAccess, HeldVerdict } from '@ecr-audit/store';
import type { ListedUse } from './listed-use.ts';

/** One cell of the access of a whole target. */
export interface ListedAccess {
  readonly principal: PrincipalRef;
  readonly repository: { readonly id: number; readonly arn: string; readonly name: string } | null;
  /** Of the registry. */
  readonly accountId: string;
  readonly region: string;
  readonly action: string;
  readonly decision: HeldVerdict['decision'];
  readonly residual: HeldVerdict['residual'];
  readonly condition: string | null;
  readonly reasons: HeldVerdict['reasons'];
  readonly limits: HeldVerdict['limits'];
  /** Null where use was not asked for. */
  readonly use: ListedUse | null;
}

/** Where a cell stands in the list. */
export interface AccessPosition {
  readonly principalId: string;
  /** Empty for what is about no repository, which comes first. */
  readonly repositoryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly action: string;
}

export function positionOf({ principal, repository, accountId, region, action }: ListedAccess): AccessPosition {
  return { principalId: principal.id, repositoryArn: repository?.arn ?? '', accountId, region, action };
}

/** The cells of one principal: those of registries, then those of repositories by ARN, each by action. */
export function* unfold(held: HeldAccess, places: AccessPlaces, after: AccessPosition | null): Generator<ListedAccess> {
  const isLater = (place: Omit<AccessPosition, 'principalId' | 'action'>, action: string): boolean =>
    after === null || after.principalId !== held.principal.id || isAfter({ ...place, action }, after);
  for (const { accountId, region, said } of held.registries) {
    for (const { action, verdict } of said) {
      if (isLater({ repositoryArn: '', accountId, region }, action)) {
        yield cell(held.principal, null, { accountId, region }, action, verdict);
      }
    }
  }
  const all = bitSet(places.repositories.length);
  held.blocks.forEach(({ set }) => addAll(all, set));
  for (const index of members(all)) {
    const repository = places.repositories[index];
    const said = held.blocks.find(({ set }) => has(set, index))?.said;
    if (repository === undefined || said === undefined) {
      continue;
    }
    const { arn, name, accountId, region } = repository;
    const ref = { id: places.ids[index] ?? 0, arn, name };
    for (const { action, verdict } of said) {
      if (isLater({ repositoryArn: arn, accountId, region }, action)) {
        yield cell(held.principal, ref, { accountId, region }, action, verdict);
      }
    }
  }
}

function isAfter(place: Omit<AccessPosition, 'principalId'>, after: AccessPosition): boolean {
  const keys = ['repositoryArn', 'accountId', 'region', 'action'] as const;
  for (const key of keys) {
    if (place[key] !== after[key]) {
      return place[key] > after[key];
    }
  }
  return false;
}

function cell(
  principal: PrincipalRef,
  repository: ListedAccess['repository'],
  { accountId, region }: { readonly accountId: string; readonly region: string },
  action: string,
  verdict: HeldVerdict,
): ListedAccess {
  const { decision, residual, limits } = verdict;
  // The same object where nothing has to be put in, so that it is written once.
  const reasons = verdict.reasons.some(({ policy }) => policy.startsWith('@'))
    ? resolveReasons(verdict.reasons, { principalArn: principal.arn, repositoryArn: repository?.arn ?? null })
    : verdict.reasons;
  const condition = residual === null ? null : inWords(residual);
  return {
    principal,
    repository,
    accountId,
    region,
    action,
    decision,
    residual,
    condition,
    reasons,
    limits,
    use: null,
  };
}

const words = new WeakMap<Residual, string | null>();

/** Many cells share a residual, which is an object of its own for each verdict. */
function inWords(residual: Residual): string | null {
  const known = words.get(residual);
  if (known !== undefined) {
    return known;
  }
  const told = describeResidual(residual);
  words.set(residual, told);
  return told;
}
