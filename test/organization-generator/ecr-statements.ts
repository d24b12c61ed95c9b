import { allow, deny } from '../sample-organization/documents.ts';
import type { Statement } from '../sample-organization/model.ts';
import { actionsFor, deniedActions, type Purpose } from './actions.ts';
import { allowingCondition, denyingCondition } from './conditions.ts';
import type { Random } from './random.ts';
import type { Place } from './scene.ts';

/** The share of a kind of statement that carries a condition. */
export const CONDITION_SHARES = { allow: 0.42, deny: 0.55, other: 0.28 } as const;

/** A statement of an identity policy that allows something on images. */
export function ecrAllow(random: Random, place: Place, team: string, purpose: Purpose): Statement {
  const hasCondition = random.chance(CONDITION_SHARES.allow);
  return allow({
    ...(random.chance(0.5) ? { Sid: `${sidOf(purpose)}${random.below(100)}` } : {}),
    ...actionOf(random, purpose),
    ...resourceOf(random, place, team),
    ...(hasCondition ? { Condition: allowingCondition(random, place, team) } : {}),
  });
}

export function ecrDeny(random: Random, place: Place, team: string): Statement {
  return deny({
    Sid: `Keep${random.below(1000)}`,
    ...(random.chance(0.12)
      ? { NotAction: ['ecr:Get*', 'ecr:BatchGetImage', 'ecr:Describe*', 'ecr:List*', 'sts:*', 's3:*', 'logs:*'] }
      : { Action: deniedActions(random) }),
    ...(random.chance(0.3)
      ? { NotResource: [`arn:aws:ecr:*:${place.account.id}:repository/${team}/*`] }
      : {
          Resource: random.chance(0.5) ? '*' : `arn:aws:ecr:*:*:repository/${random.pick(['base', 'golden', team])}/*`,
        }),
    ...(random.chance(CONDITION_SHARES.deny) ? { Condition: denyingCondition(random, place, team) } : {}),
  });
}

function sidOf(purpose: Purpose): string {
  return purpose.charAt(0).toUpperCase() + purpose.slice(1);
}

function actionOf(random: Random, purpose: Purpose): Pick<Statement, 'Action' | 'NotAction'> {
  return purpose === 'administer' && random.chance(0.2)
    ? { NotAction: ['iam:*', 'organizations:*', 'account:*', 'ecr:DeleteRepository', 'ecr:SetRepositoryPolicy'] }
    : { Action: actionsFor(purpose, random) };
}

function resourceOf(random: Random, place: Place, team: string): Pick<Statement, 'Resource' | 'NotResource'> {
  const { account, scene } = place;
  const registry = random.chance(0.35) ? random.pick([account, ...scene.registries]) : account;
  const region = random.chance(0.4) ? '*' : random.pick(registry.regions);
  const below = (path: string): string => `arn:aws:ecr:${region}:${registry.id}:repository/${path}`;
  const kind = random.weighted({ team: 34, several: 17, list: 18, everything: 17, star: 6, variable: 6, others: 2 });
  switch (kind) {
    case 'team':
      return { Resource: below(`${team}/*`) };
    case 'several':
      return { Resource: [below(`${team}/*`), below(`${random.pick(account.teams)}/*`), below('base/*')] };
    case 'list':
      return {
        Resource: Array.from({ length: 2 + random.below(4) }, () => below(`${team}/${random.pick(SERVICES)}-*`)),
      };
    case 'everything':
      return { Resource: below('*') };
    case 'star':
      return { Resource: '*' };
    case 'variable':
      return { Resource: below('${aws:PrincipalTag/team}/*') };
    case 'others':
      return { NotResource: [below('base/*'), below('golden/*')] };
  }
}

/** What the services of the teams are about; repositories are named for them. */
export const SERVICES: readonly string[] = [
  'accounts',
  'billing',
  'cart',
  'catalog',
  'checkout',
  'delivery',
  'events',
  'fraud',
  'gateway',
  'identity',
  'images',
  'inventory',
  'ledger',
  'mailer',
  'metrics',
  'notifications',
  'orders',
  'payments',
  'pricing',
  'reports',
  'returns',
  'routing',
  'search',
  'sessions',
  'shipping',
  'stock',
  'tracking',
  'users',
  'vouchers',
  'webhooks',
];
