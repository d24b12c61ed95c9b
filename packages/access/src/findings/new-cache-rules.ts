import type { FindingInput } from './finding-input.ts';
import type { Match } from './rule.ts';
import { registryName } from './words.ts';

/** Cache rules that an earlier snapshot did not have, or that now use another upstream, role or credential. */
export function* newCacheRules({ scan, before }: FindingInput): Generator<Match> {
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
          title: `${prefix}/ is now filled from ${upstream ?? 'an upstream that is not named'}`,
          what: `The pull through cache rule for ${prefix} ${known === undefined ? 'is new' : 'was changed'}${carries.length === 0 ? '' : `; it uses ${carries.join(' and ')}`}.`,
        };
      }
    }
  }
}
