import { type Finding, SEVERITIES, type Severity } from './finding.ts';
import type { FindingInput } from './finding-input.ts';
import { type FindingScope, inOrder } from './finding-scope.ts';
import { countRepositories } from './judged-repositories.ts';
import type { Match, Rule, RuleNeed } from './rule.ts';
import { RULES } from './rules.ts';

export interface FoundFindings {
  /** By fingerprint: the places in `drift.differences` that a finding follows from, where its rule knows them. */
  readonly because: ReadonlyMap<string, readonly number[]>;
  /** The gravest first, then by rule and resource. */
  readonly findings: readonly Finding[];
  /** Rules that found nothing because they had nothing to judge by. */
  readonly notJudged: readonly { readonly ruleId: string; readonly needs: RuleNeed }[];
}

/** Runs every rule. Pure, and the same for the same input; `digest` is a SHA-256 as text. */
export function findFindings(input: FindingInput, digest: (text: string) => string): FoundFindings {
  const steps = findingSteps(input, digest);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}

/** The same rule by rule: of a large organization all of them take seconds, in which others may have to be answered. */
export function* findingSteps(
  input: FindingInput,
  digest: (text: string) => string,
): Generator<void, FoundFindings, undefined> {
  const found = new Map<string, Finding>();
  const because = new Map<string, readonly number[]>();
  const notJudged: FoundFindings['notJudged'][number][] = [];
  for (const rule of RULES) {
    if (rule.needs !== undefined && !isThere(rule.needs, input)) {
      notJudged.push({ ruleId: rule.id, needs: rule.needs });
      continue;
    }
    yield;
    for (const match of rule.find(input)) {
      const finding = findingOf(rule, match, digest);
      const earlier = found.get(finding.fingerprint);
      if (earlier === undefined || rank(finding.severity) < rank(earlier.severity)) {
        found.set(finding.fingerprint, finding);
        if (match.because !== undefined) {
          because.set(finding.fingerprint, match.because);
        }
      }
    }
  }
  return { findings: [...found.values()].toSorted(byGravity), notJudged, because };
}

function isThere(need: RuleNeed, input: FindingInput): boolean {
  switch (need) {
    case 'earlierSnapshot':
      return input.before !== null;
    case 'events':
      return input.events !== null;
    case 'use':
      return input.use !== null;
    case 'exceptions':
      // No scan holds them: whoever keeps findings judges these.
      return false;
  }
}

function findingOf(rule: Rule, match: Match, digest: (text: string) => string): Finding {
  const { about, accountId, region, resource, title, what } = match;
  const repositories = countRepositories(match.repositories ?? []);
  const isProduction = match.isProduction ?? (repositories.count === 0 || repositories.inProduction > 0);
  const severity = match.severity ?? (isProduction ? rule.severity : rule.outsideProduction);
  return {
    ruleId: rule.id,
    severity: match.isLessGrave === true ? lower(severity) : severity,
    accountId,
    region,
    resource,
    principal: match.principal ?? null,
    fingerprint: digest(JSON.stringify([rule.id, ...about])),
    title,
    what,
    why: rule.why,
    remedy: rule.remedy,
    repositories,
    scope: scopeOf(match),
    reasons: match.reasons ?? [],
    doubts: [...new Set(match.doubts ?? [])],
  };
}

function scopeOf({ repositories = [], rights, conditions = [], principals, toCome = [] }: Match): FindingScope {
  return {
    repositories: inOrder(repositories.map(({ arn }) => arn)),
    rights: inOrder(rights),
    conditions: inOrder(conditions),
    ...(principals === undefined ? {} : { principals: inOrder(principals) }),
    ...(toCome.length === 0 ? {} : { toCome: inOrder(toCome) }),
  };
}

/** One level less grave. */
function lower(severity: Severity): Severity {
  return SEVERITIES[rank(severity) + 1] ?? 'info';
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function byGravity(a: Finding, b: Finding): number {
  return (
    rank(a.severity) - rank(b.severity) ||
    compare(a.ruleId, b.ruleId) ||
    compare(a.resource, b.resource) ||
    compare(a.principal?.id ?? '', b.principal?.id ?? '') ||
    compare(a.fingerprint, b.fingerprint)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
