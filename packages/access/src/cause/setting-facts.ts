import { textMember } from '../activity/read-fields.ts';
import { canonicalJson, parsed } from '../carriers/canonical-json.ts';
import { ECR, leadsIf, requested, type WantedFact } from './event-rule.ts';

/** Settings that are put as a whole, by the member of `registry.json` that holds them. */
const WHOLE: ReadonlyMap<string, string> = new Map([
  ['replicationConfiguration', 'PutReplicationConfiguration'],
  ['scanningConfiguration', 'PutRegistryScanningConfiguration'],
]);

/** Settings that are lists of rules, each by its prefix. */
const LISTS: ReadonlyMap<string, { readonly noun: string; readonly prefix: string }> = new Map([
  ['pullThroughCacheRules', { noun: 'PullThroughCacheRule', prefix: 'ecrRepositoryPrefix' }],
  ['repositoryCreationTemplates', { noun: 'RepositoryCreationTemplate', prefix: 'prefix' }],
]);

/** One fact for each rule or template that differs, or one for a setting as a whole; null for one that neither is. */
export function settingFacts(
  { before, after }: { readonly before: string | null; readonly after: string | null },
  name: string,
  subject: string,
): WantedFact[] | null {
  const whole = WHOLE.get(name);
  if (whole !== undefined) {
    // The request leaves out what it has no wish for, so that its content is none to compare; the last one stands.
    return [{ label: null, rules: [{ source: ECR, names: [whole], subject, judge: () => 'leads' }] }];
  }
  const list = LISTS.get(name);
  if (list === undefined) {
    return null;
  }
  const { noun, prefix } = list;
  const [earlier, later] = [byPrefix(before, prefix), byPrefix(after, prefix)];
  return [...new Set([...earlier.keys(), ...later.keys()])]
    .filter((key) => earlier.get(key) !== later.get(key))
    .toSorted()
    .map((key) => ({
      label: key,
      rules: [
        {
          source: ECR,
          names: [`Create${noun}`, `Update${noun}`],
          subject,
          judge: (change) => (requested(change, prefix) === key ? leadsIf(later.has(key)) : null),
        },
        {
          source: ECR,
          names: [`Delete${noun}`],
          subject,
          judge: (change) => (requested(change, prefix) === key ? leadsIf(!later.has(key)) : null),
        },
      ],
    }));
}

function byPrefix(text: string | null, prefix: string): ReadonlyMap<string, string> {
  const value = text === null ? null : parsed(text);
  return new Map(
    (Array.isArray(value) ? value : []).flatMap((each): [string, string][] => {
      const key = textMember(each, prefix);
      return key === null ? [] : [[key, canonicalJson(each)]];
    }),
  );
}
