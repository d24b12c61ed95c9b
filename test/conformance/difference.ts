import { isSameResidual } from './residual.ts';
import type { ExpectedResidual, Expectation } from './schema.ts';

/** What an evaluator may say: an answer, or an error instead of one. */
export interface GivenAnswer {
  readonly error?: string;
  readonly decision?: string;
  readonly residual?: ExpectedResidual | null;
  readonly reasons?: readonly object[];
  readonly limits?: readonly { readonly code: string }[];
}

/** In what an answer differs from what is expected, as sentences; empty where it does not. */
export function differences(answer: GivenAnswer, expected: Expectation): readonly string[] {
  if (expected.error !== undefined) {
    const isNamed = answer.error?.includes(expected.error) === true;
    return isNamed ? [] : [`an error with \`${expected.error}\` was expected, got ${show(answer)}`];
  }
  if (answer.error !== undefined) {
    return [`an answer was expected, got the error: ${answer.error}`];
  }
  return [
    ...decisionDifferences(answer, expected),
    ...reasonDifferences(answer, expected),
    ...limitDifferences(answer, expected),
    ...residualDifferences(answer, expected),
  ];
}

function decisionDifferences(answer: GivenAnswer, { decision }: Expectation): readonly string[] {
  if (decision === undefined || decision === answer.decision) {
    return [];
  }
  return [`${decision} was expected, got ${show(answer)}`];
}

function reasonDifferences(answer: GivenAnswer, expected: Expectation): readonly string[] {
  const given = answer.reasons ?? [];
  return (expected.reasons ?? [])
    .filter((reason) => !given.some((other) => isWithin(reason, other)))
    .map((reason) => `the reason ${show(reason)} is missing from ${show(given)}`);
}

function limitDifferences(answer: GivenAnswer, expected: Expectation): readonly string[] {
  const codes = (answer.limits ?? []).map(({ code }) => code);
  return (expected.limits ?? [])
    .filter((code) => (code === '*' ? codes.length === 0 : !codes.includes(code)))
    .map((code) => `the limit \`${code}\` is missing from ${show(codes)}`);
}

function residualDifferences(answer: GivenAnswer, expected: Expectation): readonly string[] {
  if (expected.residual === undefined) {
    return [];
  }
  const given = answer.residual ?? null;
  if (given !== null && isSameResidual(expected.residual, given)) {
    return [];
  }
  return [`the residual ${show(expected.residual)} was expected, got ${show(given)}`];
}

function isWithin(part: object, whole: object): boolean {
  const fields = new Map(Object.entries(whole));
  return Object.entries(part).every(([name, value]) => fields.get(name) === value);
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
