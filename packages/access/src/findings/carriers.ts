import { PRINCIPAL, REPOSITORY, resolveReasons } from '../access-matrix.ts';
import type { Reason } from '../answer.ts';
import { add, bitSet, members } from '../bit-set.ts';
import { isAwsManaged } from '../snapshot/named-document.ts';
import type { ScanView } from './finding-input.ts';
import type { HeldAnswer, HeldPart } from './held-parts.ts';
import { knownAnswer } from './known-part.ts';

/**
 * A policy that brings rights, with everything that it brings to everyone.
 *
 * The policy is the matter, and not each of its holders: whoever takes it back ends it for all of them, and one more holder makes
 * it wider. Not its statement either: one without a Sid is told by its place, which a statement put before it changes.
 */
export interface Carrier {
  /** Null where no statement is known that allows it: what could not be read may. */
  readonly policy: string | null;
  /** Places that could not be read, where there is no policy. */
  readonly unread: readonly string[];
  /** What the finding is about: the policy, or what was not read; of an inline one its owner's unique id and its name. */
  readonly about: readonly string[];
  /** That of the policy, and of its holders where it is one of AWS, which is one matter for each account. */
  readonly accountId: string | null;
  readonly parts: readonly HeldPart[];
}

/**
 * What is held, by the policies that bring it. Where several bring the same, each of them has it: it is over when all of them are.
 * An identity policy comes before that of the resource, which lets its holders in only with it, or beside it.
 */
export function byCarrier(parts: readonly HeldPart[], { repositories }: ScanView): Carrier[] {
  const found = new Map<string, Carrier & { readonly parts: HeldPart[] }>();
  const keep = (part: HeldPart, carrier: Omit<Carrier, 'parts'>): void => {
    const key = JSON.stringify(carrier.about);
    const known = found.get(key) ?? { ...carrier, parts: [] };
    found.set(key, known);
    known.parts.push(part);
  };
  for (const part of parts) {
    for (const [policy, answers] of carriedAnswers(part.answers)) {
      if (policy === REPOSITORY && part.set !== null) {
        for (const index of members(part.set)) {
          const set = bitSet(repositories.length);
          add(set, index);
          keep({ ...part, answers, set }, carrierOf(part, repositories[index]?.arn ?? REPOSITORY));
        }
      } else if (policy !== null) {
        keep({ ...part, answers }, carrierOf(part, policy));
      } else {
        for (const held of answers) {
          const { unread } = knownAnswer(held.answer);
          const about = ['unread', ...(unread.length > 0 ? unread : [part.principal.id])];
          keep({ ...part, answers: [held] }, { policy, unread, about, accountId: part.principal.accountId });
        }
      }
    }
  }
  return [...found.values()];
}

/** Whether a policy is among those that let an action in. */
export function isCarriedBy({ answer }: HeldAnswer, policy: string, principalArn: string): boolean {
  const cell = { principalArn, repositoryArn: null };
  return resolveReasons(answer.reasons, cell).some((reason) => isLettingIn(reason) && reason.policy === policy);
}

function carrierOf({ principal: { id, arn, accountId } }: HeldPart, policy: string): Omit<Carrier, 'parts'> {
  if (policy.startsWith(PRINCIPAL)) {
    const name = policy.slice(PRINCIPAL.length);
    return { policy: `${arn}${name}`, unread: [], about: [id, name], accountId };
  }
  const [resolved = { policy }] = resolveReasons([{ ...NO_REASON, policy }], {
    principalArn: arn,
    repositoryArn: null,
  });
  const isOfAws = isAwsManaged(resolved.policy);
  const owner = isOfAws ? accountId : (/:(\d{12})[:/]/.exec(resolved.policy)?.[1] ?? accountId);
  return {
    policy: resolved.policy,
    unread: [],
    about: [...(isOfAws ? [accountId ?? ''] : []), resolved.policy],
    accountId: owner,
  };
}

const NO_REASON: Reason = { policyType: 'identity', policy: '', statement: '', effect: 'Allow', via: '' };

function isLettingIn({ effect, policyType }: Reason): boolean {
  return effect === 'Allow' && (policyType === 'identity' || policyType === 'repository' || policyType === 'registry');
}

/** By the policy as the reasons name it; null where no reason lets in. */
function carriedAnswers(answers: readonly HeldAnswer[]): ReadonlyMap<string | null, readonly HeldAnswer[]> {
  const known = carried.get(answers);
  if (known !== undefined) {
    return known;
  }
  const found = new Map<string | null, HeldAnswer[]>();
  for (const held of answers) {
    const lettingIn = held.answer.reasons.filter(isLettingIn);
    const own = lettingIn.filter(({ policyType }) => policyType === 'identity');
    const policies = new Set((own.length > 0 ? own : lettingIn).map(({ policy }) => policy));
    for (const policy of policies.size === 0 ? [null] : policies) {
      found.set(policy, [...(found.get(policy) ?? []), held]);
    }
  }
  carried.set(answers, found);
  return found;
}

const carried = new WeakMap<readonly HeldAnswer[], ReadonlyMap<string | null, readonly HeldAnswer[]>>();
