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
  const isGiven = (reason: object): boolean => given.some((other) => isWithin(reason, other));
  return [
    ...(expected.reasons ?? [])
      .filter((reason) => !isGiven(reason))
      .map((reason) => `the reason ${show(reason)} is missing from ${show(given)}`),
    ...(expected.absentReasons ?? [])
      .filter((reason) => isGiven(reason))
      .map((reason) => `the reason ${show(reason)} decided nothing and yet is in ${show(given)}`),
  ];
}

function limitDifferences(answer: GivenAnswer, expected: Expectation): readonly string[] {
  const codes = (answer.limits ?? []).map(({ code }) => code);
  const isGiven = (code: string): boolean => (code === '*' ? codes.length > 0 : codes.includes(code));
  return [
    ...(expected.limits ?? [])
      .filter((code) => !isGiven(code))
      .map((code) => `the limit \`${code}\` is missing from ${show(codes)}`),
    ...(expected.absentLimits ?? [])
      .filter((code) => isGiven(code))
      .map((code) => `the limit \`${code}\` has no place in ${show(codes)}`),
  ];
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
