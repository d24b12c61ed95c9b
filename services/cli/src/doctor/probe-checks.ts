import type { AccountProbes, Probe } from '@ecr-audit/aws';
import { ok, type Check, type CheckArea } from './check.ts';

const templateDirectory = 'infra/cloudformation';

/** Actions that only some configurations need, and what needs them. */
const neededFor: ReadonlyMap<string, (configuration: ProbeNeeds) => boolean> = new Map([
  ['account:ListRegions', ({ allRegions }) => allRegions],
  ['organizations:ListTagsForResource', ({ accountTags }) => accountTags],
]);

/** What the configuration asks for, where a right is needed for that only. */
export interface ProbeNeeds {
  readonly allRegions: boolean;
  readonly accountTags: boolean;
}

/** The checks of one account: one for each action that is not allowed everywhere, or one that says that all are. */
export function accountChecks({ accountId, refusal, probes }: AccountProbes, needs: ProbeNeeds): readonly Check[] {
  if (refusal !== null) {
    return [
      {
        area: 'accounts',
        status: 'problem',
        accountId,
        message: `account ${accountId} cannot be entered: ${refusal}`,
        advice: `deploy \`${templateDirectory}/auditor-role-stackset.yaml\` (or \`auditor-role.yaml\` in that account), and compare role name, external id and trusted principal`,
      },
    ];
  }
  return probeChecks('accounts', probes, { needs, template: 'auditor-role.yaml' });
}

/** The checks of probes in one account. */
export function probeChecks(
  area: CheckArea,
  probes: readonly Probe[],
  options: { readonly needs: ProbeNeeds; readonly template: string },
): readonly Check[] {
  const groups = Map.groupBy(probes, (probe) => `${probe.accountId} ${probe.action} ${probe.outcome}`);
  const checks = [...groups.values()].flatMap((group) => checksOf(area, group, options));
  const allowed = probes.filter(({ outcome }) => outcome === 'allowed').length;
  const summary =
    allowed === probes.length
      ? `all ${allowed} calls that were tried are allowed`
      : `${allowed} of ${probes.length} calls are known to be allowed`;
  const [first] = probes;
  return first === undefined
    ? checks
    : [{ ...ok(area, `account ${first.accountId}: ${summary}`), accountId: first.accountId }, ...checks];
}

function checksOf(
  area: CheckArea,
  group: readonly Probe[],
  { needs, template }: { readonly needs: ProbeNeeds; readonly template: string },
): readonly Check[] {
  const [first] = group;
  if (first === undefined || first.outcome === 'allowed') {
    return [];
  }
  const { action, accountId, reason } = first;
  const regions = group.flatMap(({ region }) => (region === null ? [] : [region]));
  const place = `account ${accountId}${regions.length === 0 ? '' : `, ${regions.length === 1 ? 'region' : 'regions'} ${regions.join(', ')}`}`;
  const about = { area, action, accountId, regions } as const;
  switch (first.outcome) {
    case 'denied':
      return [
        {
          ...about,
          status: neededFor.get(action)?.(needs) === false ? 'warning' : 'problem',
          message: `missing \`${action}\` in ${place}`,
          advice: `add \`${action}\` to the role, as \`${templateDirectory}/${template}\` has it; where the role has it, a service control policy, a boundary or a policy of the endpoint denies it`,
        },
      ];
    case 'notProbed':
      return [
        {
          ...about,
          status: 'notProbed',
          message: `\`${action}\` in ${place} was not probed: ${reason ?? 'no reason'}`,
          advice: null,
        },
      ];
    case 'failed':
      return [
        {
          ...about,
          status: 'problem',
          message: `\`${action}\` in ${place} could not be tried: ${reason ?? 'no reason'}`,
          advice: 'see whether the region is enabled and its endpoint can be reached, then run doctor again',
        },
      ];
    default:
      return first.outcome satisfies never;
  }
}
