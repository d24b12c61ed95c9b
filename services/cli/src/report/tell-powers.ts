import { counted } from './counted.ts';
import type { Holding, Powers } from './powers.ts';
import type { Report } from './report.ts';
import { atMost, textTable } from './text-table.ts';

const linesMax = 40;
// Two names fit into a cell; more are a number.
const namesMax = 2;

/** Who may change what: push, administer, delete. */
export function tellPowers({ powers }: Report): string[] {
  const known = powers.filter(isKnown);
  const others = known.filter(({ principal }) => principal.kind !== 'root');
  const roots = known.filter(({ principal }) => principal.kind === 'root');
  const lines = textTable(
    ['Principal', 'Of account', 'Repositories of', 'Push', 'Administer', 'Delete'],
    others.map((each) => [
      `${each.principal.kind} ${each.principal.name}`,
      each.principal.accountId ?? 'none',
      each.accountId,
      told(each.push, each),
      told(each.administer, each),
      told(each.delete, each),
    ]),
  );
  const andRoots = roots.length === 0 ? '' : `, and ${counted(countOf(roots), 'root user')}`;
  const unknown = countOf(powers) - countOf(known);
  return [
    `WHO MAY CHANGE IMAGES AND POLICIES: ${counted(countOf(others), 'principal')}${andRoots}`,
    ...(others.length === 0 ? ['  nobody'] : atMost(lines, linesMax)),
    ...(unknown === 0 ? [] : [`  Of ${unknown} more it is not known, because of the gaps.`]),
  ];
}

function isKnown({ push, administer, delete: removal }: Powers): boolean {
  return [push, administer, removal].some(({ allowed, conditional }) => allowed.length + conditional.length > 0);
}

function countOf(powers: readonly Powers[]): number {
  return new Set(powers.map(({ principal }) => principal.id)).size;
}

function told({ allowed, conditional, unknown }: Holding, { repositories }: Powers): string {
  const parts = [
    allowed.length === 0 ? null : named(allowed, repositories),
    conditional.length === 0 ? null : `${named(conditional, repositories)} under a condition`,
    unknown.length === 0 ? null : `${unknown.length} unknown`,
  ];
  return parts.filter((part) => part !== null).join(', ') || '-';
}

function named(names: readonly string[], all: number): string {
  if (names.length === all && all > namesMax) {
    return `all ${all}`;
  }
  return names.length <= namesMax ? names.join(', ') : `${names.length} of ${all}`;
}
