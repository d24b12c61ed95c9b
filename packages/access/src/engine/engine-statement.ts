import type { Condition, PolicyDocument, Statement, Template } from '@ecr-audit/policy';
import type { EcrAction } from '../ecr/actions.ts';
import { isBroken } from '../evaluate/broken-statement.ts';
import { isActionKey, PRINCIPAL_TAG, sideOfKey } from '../evaluate/request-context.ts';
import type { ActionMasks } from './action-masks.ts';
import { isIndividualKey } from './individual-keys.ts';

/** A statement with what is the same for every request: which actions it is about, and which keys it reads. */
export interface EngineStatement {
  /** Its own number within one run. */
  readonly number: number;
  readonly statement: Statement;
  readonly kind: PolicyDocument['kind'];
  /** By index of the column: which of its actions the statement is about. */
  readonly masks: readonly number[];
  /** Whether it is about any action of that kind. */
  readonly resourceTypes: Readonly<Record<EcrAction['resourceType'], boolean>>;
  /** Keys of the principal whose very values it needs. */
  readonly principalKeys: readonly string[];
  /** Conditions on the principal alone: of its values, only whether they hold matters. */
  readonly principalConditions: readonly Condition[];
  readonly targetKeys: readonly string[];
  /** Whether it reads any key of the principal, and one by which two of one kind and account may differ. */
  readonly readsPrincipal: boolean;
  readonly tellsPrincipalsApart: boolean;
  /** Whether its Resource has a variable that takes its value from the target. */
  readonly readsTargetInResource: boolean;
  /** Whether its Resource asks for a tag of the principal, even where it is not about the target. */
  readonly asksTagsInResource: boolean;
  /** Whether it may apply differently in two columns. */
  readonly tellsColumnsApart: boolean;
  /** Whether a part of it could not be read. */
  readonly isBroken: boolean;
}

export function engineStatement(
  statement: Statement,
  place: {
    readonly number: number;
    readonly kind: PolicyDocument['kind'];
    readonly masks: ActionMasks;
  },
): EngineStatement {
  const masks = place.masks.of(statement);
  const keys = keysOf(statement);
  const resourceKeys = keysOf({ ...statement, conditions: [] });
  const principalConditions = statement.conditions.flatMap((condition) =>
    condition.kind === 'readable' && isAboutPrincipal(condition.value) ? [condition.value] : [],
  );
  const others = keysOf({
    ...statement,
    conditions: statement.conditions.filter(
      (condition) => condition.kind === 'readable' && !isAboutPrincipal(condition.value),
    ),
  });
  return {
    number: place.number,
    statement,
    kind: place.kind,
    masks,
    resourceTypes: place.masks.resourceTypes(masks),
    principalKeys: others.filter((key) => sideOfKey(key) === 'principal'),
    principalConditions,
    targetKeys: keys.filter((key) => sideOfKey(key) === 'target'),
    readsPrincipal: keys.some((key) => sideOfKey(key) === 'principal'),
    tellsPrincipalsApart: keys.some(isIndividualKey),
    readsTargetInResource: resourceKeys.some((key) => sideOfKey(key) === 'target'),
    asksTagsInResource: resourceKeys.some((key) => key.startsWith(PRINCIPAL_TAG)),
    tellsColumnsApart: keys.some(isActionKey),
    isBroken: isBroken(statement),
  };
}

/** Every condition key whose value the statement may ask for, in lower case. */
function keysOf(statement: Statement): string[] {
  const keys = new Set<string>();
  const addVariables = (template: Template): void => {
    for (const token of template) {
      if (token.kind === 'variable') {
        keys.add(token.key);
      }
    }
  };
  if (statement.resource?.kind === 'readable') {
    statement.resource.value.patterns.forEach(({ template }) => addVariables(template));
  }
  for (const condition of statement.conditions) {
    if (condition.kind === 'readable') {
      keys.add(condition.value.key.toLowerCase());
      condition.value.values.forEach(addVariables);
    }
  }
  return [...keys].toSorted();
}

/** Whether the condition is about one key of the principal, compared with values that are the same for everyone. */
function isAboutPrincipal({ key, values }: Condition): boolean {
  return (
    sideOfKey(key.toLowerCase()) === 'principal' &&
    values.every((template) => template.every((token) => token.kind !== 'variable'))
  );
}
