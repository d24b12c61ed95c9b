import { aboutAll, differencesOf } from '../because.ts';
import type { RegistrySettings } from '../facts-schemas.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { listed, registryName } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html */
export const scanOff: Rule = {
  id: 'ECR-SCAN-OFF',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['ecr'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'images are scanned less than before',
  why: 'What is pushed from now on is not looked at.',
  remedy: 'Put the scanning rule of the registry, or scan on push, back.',
  find: findScans,
};

function* findScans({ scan, before, drift }: FindingInput): Generator<Match> {
  for (const repository of scan.repositories) {
    const was = before?.facts.repositories.get(repository.arn)?.imageScanningConfiguration?.scanOnPush;
    const is = scan.facts.repositories.get(repository.arn)?.imageScanningConfiguration?.scanOnPush;
    if (was === true && is === false) {
      const { arn, accountId, region, name } = repository;
      yield {
        about: [arn],
        accountId,
        region,
        resource: arn,
        title: `${name} is no longer scanned on push`,
        what: 'Scan on push was on, and is off.',
        repositories: [repository],
        rights: ['scan on push'],
        // No access rests on it, so that it is none of the differences.
        because: [],
      };
    }
  }
  for (const [key, { scanningConfiguration: now }] of scan.facts.registries) {
    const was = before?.facts.registries.get(key)?.scanningConfiguration ?? null;
    const lost = was === null || now === null ? [] : rulesOf(was).filter((rule) => !rulesOf(now).includes(rule));
    if (lost.length > 0) {
      const [accountId = '', region = ''] = key.split(' ');
      const resource = registryName({ accountId, region });
      yield {
        about: [resource],
        accountId,
        region,
        resource,
        rights: lost,
        because: differencesOf(drift, ['registrySetting'], aboutAll(resource, 'setting:scanningConfiguration')),
        title: `the registry of ${accountId} in ${region} lost scanning rules`,
        what: `Gone: ${listed(lost)}.`,
      };
    }
  }
}

type Scanning = NonNullable<RegistrySettings['scanningConfiguration']>;

function rulesOf({ scanType = 'BASIC', rules }: Scanning): string[] {
  return rules.flatMap(({ scanFrequency, repositoryFilters }) =>
    repositoryFilters.map(({ filter }) => `${scanType} ${scanFrequency} of ${filter}`),
  );
}
