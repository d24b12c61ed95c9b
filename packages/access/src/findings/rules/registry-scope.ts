import { aboutAll, differencesOf } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { registryName } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html */
export const registryScope: Rule = {
  id: 'ECR-REG-SCOPE',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['ecr'],
  severity: 'medium',
  outsideProduction: 'medium',
  what: 'a setting of the registry changed that decides what its policy means',
  why: 'The same text has another effect: with scope V1 the policy is about replication and the cache alone.',
  remedy: 'Put the setting back, or read the registry policy again as it now applies.',
  find: findSettings,
};

const SETTINGS = ['REGISTRY_POLICY_SCOPE', 'BLOB_MOUNTING'];

function* findSettings({ scan, before, drift }: FindingInput): Generator<Match> {
  for (const [key, { accountSettings }] of scan.facts.registries) {
    const [accountId = '', region = ''] = key.split(' ');
    const earlier = before?.facts.registries.get(key)?.accountSettings;
    for (const name of SETTINGS) {
      const [was, is] = [earlier?.[name], accountSettings?.[name]];
      if (typeof was === 'string' && typeof is === 'string' && was !== is) {
        const resource = registryName({ accountId, region });
        yield {
          about: [resource, name],
          accountId,
          region,
          resource,
          rights: [`${name} ${is}`],
          because:
            name === 'REGISTRY_POLICY_SCOPE'
              ? differencesOf(drift, ['registryScope'], aboutAll(resource))
              : differencesOf(drift, ['registrySetting'], aboutAll(resource, `setting:${name}`)),
          title: `${name} of the registry of ${accountId} in ${region} went from ${was} to ${is}`,
          what: `${name} was ${was} and is ${is}.`,
        };
      }
    }
  }
}
