import { type Condition, matchCondition, type RequestPrincipal } from '@ecr-audit/policy';
import type { Caller } from '../evaluate/caller.ts';
import { requestContext } from '../evaluate/request-context.ts';
import type { Target } from '../evaluate/target.ts';
import type { Scene } from './world.ts';

/** A caller as statements see it. */
export interface CallerView {
  readonly caller: Caller;
  /** As resource policies see it: without its names where it stands for everyone like it. */
  readonly principal: RequestPrincipal;
  /** Stands for everyone without a name who is like it, where `principal` has none. */
  readonly likeness: string | null;
  /** The number of what is known of one of its keys. */
  valueOf(key: string): number;
  /** The one value of a key; null where it has none, or several, or it is not known. */
  textOf(key: string): string | null;
  /** The number of what a condition on its keys comes to. */
  outcomeOf(condition: Condition): number;
}

/** Gives the same number for the same knowledge about any caller. `anyTarget` and `anyAction` are not looked at. */
export function createCallerViews(
  scene: Scene,
  { anyTarget, anyAction }: { readonly anyTarget: Target; readonly anyAction: string },
): (caller: Caller) => CallerView {
  const numbers = new Map<string, number>();
  const byCondition = new Map<Condition, Map<number, number>>();
  const numberOf = (value: unknown): number => {
    const text = JSON.stringify(value);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  return (caller) => {
    const context = requestContext({ ...scene, caller, target: anyTarget, action: anyAction });
    const values = new Map<string, number>();
    return {
      caller,
      principal: caller.request,
      likeness: null,
      valueOf(key) {
        const number = values.get(key) ?? numberOf(context.lookup(key));
        values.set(key, number);
        return number;
      },
      textOf(key) {
        const value = context.lookup(key);
        return value.kind === 'present' && value.values.length === 1 ? (value.values[0] ?? null) : null;
      },
      outcomeOf(condition) {
        // A condition on one key comes to the same for every caller of whom the same is known.
        const outcomes = byCondition.get(condition) ?? new Map<number, number>();
        byCondition.set(condition, outcomes);
        const value = this.valueOf(condition.key.toLowerCase());
        const number = outcomes.get(value) ?? numberOf(matchCondition(condition, context));
        outcomes.set(value, number);
        return number;
      },
    };
  };
}
