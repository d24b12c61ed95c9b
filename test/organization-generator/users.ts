import { identityDocument } from './identity-documents.ts';
import type { Catalog } from './managed-policies.ts';
import type { Group, User } from './model.ts';
import { tagsOf } from './roles.ts';
import { type Place, streamFor, teamFor } from './scene.ts';

/** Users that are left from before there was single sign-on, and those of machines outside. */
export function makeUser(place: Place, catalog: Catalog, groups: readonly Group[], number: number): User {
  const random = streamFor(place, `user ${number}`);
  const team = teamFor(random, place.account.teams);
  const isMachine = random.chance(0.3);
  const boundary = random.chance(0.2) ? catalog.find(random, 'boundary', team)[0] : undefined;
  return {
    name: isMachine ? `${team}-robot-${number}` : `person-${number}`,
    path: isMachine ? '/robots/' : '/people/',
    tags: tagsOf(random, team),
    managed: isMachine ? catalog.find(random, 'push', team) : random.chance(0.3) ? ['IAMUserChangePassword'] : [],
    inline: random.chance(0.2) ? { own: identityDocument(random, place, team, isMachine ? 'pull' : 'operate') } : {},
    groups: isMachine
      ? []
      : random.some(
          groups.map((group) => group.name),
          1 + random.below(2),
        ),
    ...(boundary === undefined ? {} : { boundary }),
  };
}

export function makeGroups(place: Place, catalog: Catalog): Group[] {
  const random = streamFor(place, 'groups');
  const [team = ''] = place.account.teams;
  return [
    {
      name: 'developers',
      managed: ['AmazonEC2ContainerRegistryReadOnly', ...catalog.find(random, 'ownTag', team)],
      inline: {},
    },
    {
      name: 'operators',
      managed: ['AmazonEC2ContainerRegistryPowerUser', ...catalog.find(random, 'guard', team)],
      inline: {},
    },
    { name: 'data', managed: ['AmazonS3ReadOnlyAccess', 'AmazonAthenaFullAccess'], inline: {} },
    {
      name: 'release',
      managed: catalog.find(random, 'push', team),
      inline: { promote: identityDocument(random, place, team, 'push') },
    },
  ];
}
