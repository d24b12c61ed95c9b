import { matchTemplate, renderTemplate, type Statement } from '@ecr-audit/policy';
import type { EcrAction } from '../ecr/actions.ts';
import type { ActionColumn } from './action-columns.ts';

/** Finds the actions that statements are about. */
export interface ActionMasks {
  /** By index of the column; all of its actions where the Action element cannot be read. */
  of(statement: Statement): readonly number[];
  /** Whether any of the masks is about actions of that kind. */
  resourceTypes(masks: readonly number[]): Readonly<Record<EcrAction['resourceType'], boolean>>;
}

/** Each distinct pattern is compared with the actions once: policies name the same few again and again. */
export function createActionMasks(columns: readonly ActionColumn[]): ActionMasks {
  const all = columns.map(({ mask }) => mask);
  const none = columns.map(() => 0);
  const byPattern = new Map<string, readonly number[]>();
  const services = new Set(columns.flatMap(({ actions }) => actions.map((action) => partsOf(action).service)));

  const patternMasks = (pattern: ActionPattern): readonly number[] => {
    if (pattern.prefix === null) {
      return all;
    }
    if (!services.has(pattern.prefix)) {
      return none;
    }
    const key = `${pattern.prefix}:${renderTemplate(pattern.name, { wildcards: true, variables: false })}`;
    const masks = byPattern.get(key) ?? columns.map((column) => maskOf(pattern, column));
    byPattern.set(key, masks);
    return masks;
  };

  const hasAny = (masks: readonly number[], resourceType: EcrAction['resourceType']): boolean =>
    columns.some((column) => column.resourceType === resourceType && masks[column.index] !== 0);
  return {
    resourceTypes: (masks) => ({ repository: hasAny(masks, 'repository'), registry: hasAny(masks, 'registry') }),
    of({ action }) {
      if (action.kind === 'unreadable') {
        return all;
      }
      const { isNegated, patterns } = action.value;
      const masks = columns.map(() => 0);
      for (const pattern of patterns) {
        for (const [index, mask] of patternMasks(pattern).entries()) {
          masks[index] = (masks[index] ?? 0) | mask;
        }
      }
      return isNegated ? masks.map((mask, index) => (all[index] ?? 0) & ~mask) : masks;
    },
  };
}

type ActionPattern = Extract<Statement['action'], { kind: 'readable' }>['value']['patterns'][number];

/** Actions match case-insensitively; their patterns are kept in lower case. */
function maskOf({ prefix, name }: ActionPattern, { actions }: ActionColumn): number {
  return actions.reduce((mask, action, bit) => {
    const { service, operation } = partsOf(action);
    return service === prefix && matchTemplate(name, operation) === 'yes' ? mask | (1 << bit) : mask;
  }, 0);
}

function partsOf(action: string): { readonly service: string; readonly operation: string } {
  const [service = '', operation = ''] = action.toLowerCase().split(':');
  return { service, operation };
}
