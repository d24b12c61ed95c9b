import { type Finding, isAtLeast } from '../findings/finding.ts';
import { nameTest } from '../findings/name-patterns.ts';
import type { AlertRoute } from './alert-settings.ts';

/** A finding, and the tags of the repositories that it names. */
export interface RoutedFinding {
  readonly finding: Finding;
  readonly tags: Readonly<Record<string, string>>;
}

/** Gives the function that tells the channel of a finding; null where no route fits. */
export function channelsBy(routes: readonly AlertRoute[]): (routed: RoutedFinding) => string | null {
  const tests = routes.map((route) => ({ channel: route.channel, fits: routeTest(route) }));
  return (routed) => tests.find(({ fits }) => fits(routed))?.channel ?? null;
}

function routeTest(route: AlertRoute): (routed: RoutedFinding) => boolean {
  const isNamed = nameTest(route.repositories);
  const tags = Object.entries(route.tags);
  return ({ finding, tags: given }) =>
    isAtLeast(finding.severity, route.severity) &&
    (route.accounts.length === 0 || (finding.accountId !== null && route.accounts.includes(finding.accountId))) &&
    (route.repositories.length === 0 || repositoryNames(finding).some(isNamed)) &&
    (tags.length === 0 || tags.some(([key, value]) => Object.hasOwn(given, key) && given[key] === value));
}

/** Names of the repositories that a finding is about, as far as it gives them. */
function repositoryNames({ resource, repositories }: Finding): readonly string[] {
  return [resource, ...repositories.examples].flatMap((arn) => {
    const at = arn.indexOf(':repository/');
    return at === -1 ? [] : [arn.slice(at + ':repository/'.length)];
  });
}
