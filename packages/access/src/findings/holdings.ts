import { type PrincipalAccess, resolveReasons } from '../access-matrix.ts';
import type { AccessAnswer, Reason } from '../answer.ts';
import { addAll, andNot, type BitSet, bitSet, count, firstOf } from '../bit-set.ts';
import { describeResidual } from '../describe-residual.ts';
import type { PrincipalRef } from '../principal.ts';
import type { ScanView } from './finding-input.ts';
import { type HeldAnswer, type HeldPart, heldParts } from './held-parts.ts';
import { type JudgedRepository, repositoriesIn } from './judged-repositories.ts';
import { knownAnswer, splitKnown } from './known-part.ts';
import { placesIn, registriesToCome } from './repositories-to-come.ts';
import { type ConditionedRight, partialConditions } from './scope-conditions.ts';
import { counted, onlyWords, registryName } from './words.ts';

/** Some actions in some places: allowed, under a condition, or perhaps. */
export interface Holding {
  readonly actions: readonly string[];
  readonly repositories: readonly JudgedRepository[];
  readonly registries: readonly { readonly accountId: string; readonly region: string }[];
  /** Whether it touches production, or may. */
  readonly isProduction: boolean;
  /** As scopes have them. */
  readonly conditions: readonly string[];
  readonly toCome: readonly string[];
  readonly reasons: readonly Reason[];
  readonly doubts: readonly string[];
}

/** What one principal may do of some actions. */
export interface PrincipalHolding extends Holding {
  readonly principal: PrincipalRef;
}

/** The users and roles of the snapshot, whose policies are the customer's: AWS writes those of its service-linked roles. */
export function ownPrincipals({ access }: Pick<ScanView, 'access'>): PrincipalAccess[] {
  return access.filter(
    ({ principal: { kind, arn } }) =>
      (kind === 'user' || kind === 'role' || kind === 'session') && !arn.includes(':role/aws-service-role/'),
  );
}

/** The access of each principal of a scan, by its unique id. */
export function accessById(scan: ScanView): ReadonlyMap<string, PrincipalAccess> {
  const known = byId.get(scan) ?? new Map(scan.access.map((access) => [access.principal.id, access]));
  byId.set(scan, known);
  return known;
}

const byId = new WeakMap<ScanView, ReadonlyMap<string, PrincipalAccess>>();

/** Null where the principal certainly may do none of them anywhere. `actions` is one of a few lists that rules share. */
export function holdingOf(
  access: PrincipalAccess,
  actions: readonly string[],
  scan: ScanView,
): PrincipalHolding | null {
  const parts = heldParts(access, actions);
  return parts.length === 0 ? null : { principal: access.principal, ...holdingFrom(parts, { actions, scan }) };
}

/**
 * Parts as one: what is known, and where nothing is, what may be. `carrier`: the policy whose statements explain them, where it is
 * about one.
 */
export function holdingFrom(
  all: readonly HeldPart[],
  {
    actions,
    scan,
    carrier,
  }: { readonly actions: readonly string[]; readonly scan: ScanView; readonly carrier?: string | undefined },
): Holding {
  const { known, open } = splitKnown(all);
  const parts = known.length > 0 ? known : open;
  const set = unionOf(parts, scan);
  const registries = new Map(
    parts.flatMap(({ registry }) => (registry === null ? [] : [[registryName(registry), registry] as const])),
  );
  const held = new Set(parts.flatMap(({ answers }) => answers.map(({ action }) => action)));
  const rest =
    known.length > 0 && open.length > 0 ? repositoriesIn(andNot(unionOf(open, scan), set), scan.repositories) : [];
  const repositories = repositoriesIn(set, scan.repositories);
  const { reasons, doubts } = tellingOf(parts, scan, carrier);
  return {
    actions: actions.filter((action) => held.has(action)),
    repositories,
    registries: [...registries.values()],
    // What is not known must not make it look harmless.
    isProduction: registries.size > 0 || [...repositories, ...rest].some(({ isProduction }) => isProduction),
    conditions: conditionsOf(parts, { set, scan }),
    toCome: registriesToCome(known, { set, actions, scan, carrier }),
    reasons,
    doubts: [
      ...doubts,
      ...(rest.length > 0
        ? [
            `for ${counted(rest.length, 'other repository', 'other repositories')} it is not known: something was not read`,
          ]
        : []),
    ],
  };
}

function unionOf(parts: readonly HeldPart[], { repositories }: ScanView): BitSet {
  const set = bitSet(repositories.length);
  for (const part of parts) {
    if (part.set !== null) {
      addAll(set, part.set);
    }
  }
  return set;
}

/** Why, and what keeps it from being certain. What is certain tells more than what is not. */
function tellingOf(
  parts: readonly HeldPart[],
  { repositories }: ScanView,
  carrier: string | undefined,
): Pick<Holding, 'reasons' | 'doubts'> {
  const all = parts.flatMap(({ answers }) => answers.map(({ answer }) => answer));
  const wanted =
    (['allowed', 'conditional'] as const).find((kind) => all.some(({ decision }) => decision === kind)) ?? null;
  const isTelling = ({ answer }: HeldAnswer): boolean => wanted === null || answer.decision === wanted;
  const reasons = new Map<string, Reason>();
  const seen = new Set<readonly Reason[]>();
  for (const { principal, set, answers } of parts) {
    const cell = {
      principalArn: principal.arn,
      repositoryArn: set === null ? null : (repositories[firstOf(set)]?.arn ?? null),
    };
    for (const { answer } of answers.filter(isTelling)) {
      // Of many holders of one policy, the first says why.
      if (reasons.size >= REASONS_MAX || (carrier !== undefined && seen.has(answer.reasons))) {
        continue;
      }
      seen.add(answer.reasons);
      for (const reason of resolveReasons(answer.reasons, cell)) {
        if (carrier === undefined || reason.effect === 'Deny' || reason.policy === carrier) {
          reasons.set(JSON.stringify(reason), reason);
        }
      }
    }
  }
  // The Allows first: a Deny that did not apply everywhere explains less.
  const sorted = [...reasons.values()].toSorted((a, b) => Number(a.effect === 'Deny') - Number(b.effect === 'Deny'));
  const telling = parts.flatMap(({ answers }) => answers.filter(isTelling).map(({ answer }) => answer));
  return { reasons: sorted.slice(0, REASONS_MAX), doubts: doubtsAbout(new Set(telling)) };
}

const REASONS_MAX = 20;

/** What keeps answers from being certain. */
function doubtsAbout(answers: ReadonlySet<AccessAnswer>): string[] {
  const all = [...answers];
  const conditions = all.flatMap((answer) =>
    answer.decision === 'conditional' ? [onlyWords(conditionOf(answer) ?? 'under a condition')] : [],
  );
  const isUnknown = all.every(({ decision }) => decision === 'unknown');
  return [
    ...(isUnknown ? ['whether it may was not to be known: something that decides could not be read'] : []),
    ...new Set(conditions),
    ...new Set(all.flatMap(({ limits }) => limits.map(({ message }) => message))),
  ];
}

function conditionsOf(
  parts: readonly HeldPart[],
  { set, scan }: { readonly set: BitSet; readonly scan: ScanView },
): string[] {
  const words = new Set(parts.flatMap(({ answers }) => answers.map(({ answer }) => knownAnswer(answer).condition)));
  if (words.size <= 1) {
    return [...words].flatMap((condition) => condition ?? []);
  }
  const isOfSeveral = new Set(parts.map(({ principal }) => principal.id)).size > 1;
  const all = count(set);
  const rights = parts.flatMap((part): ConditionedRight[] => {
    const limited = part.answers.filter(({ answer }) => knownAnswer(answer).condition !== null);
    if (limited.length === 0) {
      return [];
    }
    const where = part.registry === null ? placesOf(part, { all, scan }) : registryName(part.registry);
    return limited.map(({ action, answer }): ConditionedRight => ({
      condition: knownAnswer(answer).condition,
      right: action,
      where,
      ...(isOfSeveral ? { who: part.principal.id } : {}),
    }));
  });
  return partialConditions(rights);
}

function placesOf({ set }: HeldPart, { all, scan }: { readonly all: number; readonly scan: ScanView }): string {
  return set === null || count(set) === all ? '*' : placesIn(set, scan);
}

const described = new WeakMap<object, string | null>();

function conditionOf({ residual }: AccessAnswer): string | null {
  if (residual === null) {
    return null;
  }
  const known = described.get(residual) ?? describeResidual(residual);
  described.set(residual, known);
  return known;
}
