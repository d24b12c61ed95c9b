import {
  type ContractDocument,
  type Operation,
  operationsOf,
  type PlacedOperation,
} from '../harness/contract-document.ts';
import { breakingChanges, type Direction } from './compare-schemas.ts';
import { sideOf, type Side } from './side.ts';

/**
 * What changed so that a program that was written for the document before would fail with the service of the document after.
 *
 * Own code: of the libraries on npm, openapi-diff ends at OpenAPI 3.0, and oasdiff is a program in Go.
 */
export function breakingChangesOf(before: ContractDocument, after: ContractDocument): string[] {
  const now = new Map(operationsOf(after).map((placed) => [`${placed.method} ${placed.path}`, placed]));
  const sides = [sideOf(before), sideOf(after)] as const;
  return operationsOf(before).flatMap((placed) => {
    const name = `${placed.method} ${placed.path}`;
    const found = now.get(name);
    return found === undefined ? [`${name}: is gone`] : operationChanges(name, placed, found, sides);
  });
}

/** Whether the version says that programs may fail. */
export function isMajorStep(before: string, after: string): boolean {
  return Number(after.split('.')[0]) > Number(before.split('.')[0]);
}

function operationChanges(
  name: string,
  before: PlacedOperation,
  after: PlacedOperation,
  sides: readonly [Side, Side],
): string[] {
  return [
    ...(before.id === after.id ? [] : [`${name}: operationId was ${before.id} and is ${after.id}`]),
    ...parameterChanges(name, before.operation, after.operation, sides),
    ...bodyChanges(name, before.operation, after.operation, sides),
    ...answerChanges(name, before.operation, after.operation, sides),
  ];
}

function parameterChanges(name: string, before: Operation, after: Operation, sides: readonly [Side, Side]): string[] {
  const was = new Map(before.parameters.map((parameter) => [keyOf(parameter), parameter]));
  const is = new Map(after.parameters.map((parameter) => [keyOf(parameter), parameter]));
  const gone = [...was].flatMap(([key, parameter]) => {
    const now = is.get(key);
    return now === undefined
      ? [`${name}: parameter ${key} is gone`]
      : breakingChanges(
          { before: parameter.schema, after: now.schema },
          { sides, direction: 'asked', at: `${name}: parameter ${key}` },
        );
  });
  const needed = [...is].filter(([key, { required }]) => required && was.get(key)?.required !== true);
  return [...gone, ...needed.map(([key]) => `${name}: parameter ${key} is required now`)];
}

function bodyChanges(name: string, before: Operation, after: Operation, sides: readonly [Side, Side]): string[] {
  const needed = after.requestBody?.required === true && before.requestBody?.required !== true;
  return [
    ...(needed ? [`${name}: a body is required now`] : []),
    ...contentChanges(
      `${name}: body`,
      before.requestBody?.content ?? {},
      after.requestBody?.content ?? {},
      sides,
      'asked',
    ),
  ];
}

function answerChanges(name: string, before: Operation, after: Operation, sides: readonly [Side, Side]): string[] {
  return Object.entries(before.responses).flatMap(([status, response]) => {
    const now = after.responses[status];
    return now === undefined
      ? [`${name}: answer ${status} is gone`]
      : contentChanges(`${name}: answer ${status}`, response.content, now.content, sides, 'answered');
  });
}

function contentChanges(
  at: string,
  before: Operation['responses'][string]['content'],
  after: Operation['responses'][string]['content'],
  sides: readonly [Side, Side],
  direction: Direction,
): string[] {
  return Object.entries(before).flatMap(([type, { schema }]) => {
    const now = after[type];
    return now === undefined
      ? [`${at} in ${type} is gone`]
      : breakingChanges({ before: schema, after: now.schema }, { sides, direction, at: `${at} in ${type}` });
  });
}

function keyOf({ in: place, name }: Operation['parameters'][number]): string {
  return `${place} ${name}`;
}
