import { aboutAll, differencesOf } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { registryName } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-rule.html */
export const newCacheRule: Rule = {
  id: 'ECR-REG-PTC-NEW',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['ecr'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'a pull through cache rule is new, or has another upstream, role or credential',
  why: 'What an upstream serves becomes an image of yours: content of others, and confusion of names.',
  remedy: 'Ask who made the rule; look at its upstream, and at its role and credentials.',
  find: newCacheRules,
};

function* newCacheRules({ scan, before, drift }: FindingInput): Generator<Match> {
  for (const [key, { pullThroughCacheRules: rules }] of scan.facts.registries) {
    const earlier = before?.facts.registries.get(key)?.pullThroughCacheRules ?? null;
    const [accountId = '', region = ''] = key.split(' ');
    for (const rule of earlier === null ? [] : (rules ?? [])) {
      const { ecrRepositoryPrefix: prefix, upstreamRegistryUrl: upstream, customRoleArn, credentialArn } = rule;
      const known = earlier?.find((each) => each.ecrRepositoryPrefix === prefix);
      const isSame =
        known !== undefined &&
        known.upstreamRegistryUrl === upstream &&
        known.customRoleArn === customRoleArn &&
        known.credentialArn === credentialArn;
      if (!isSame) {
        const carries = [
          ...(customRoleArn === undefined ? [] : [`the role ${customRoleArn}`]),
          ...(credentialArn === undefined ? [] : ['a stored credential']),
        ];
        const registry = registryName({ accountId, region });
        yield {
          about: [registry, 'cacheRule', prefix],
          accountId,
          region,
          resource: registry,
          because: differencesOf(drift, ['registrySetting'], aboutAll(registry, 'setting:pullThroughCacheRules')),
          rights: [`${prefix}/ from ${upstream ?? 'an upstream that is not named'}`, ...carries],
          title: `${prefix}/ is now filled from ${upstream ?? 'an upstream that is not named'}`,
          what: `The pull through cache rule for ${prefix} ${known === undefined ? 'is new' : 'was changed'}${carries.length === 0 ? '' : `; it uses ${carries.join(' and ')}`}.`,
        };
      }
    }
  }
}
