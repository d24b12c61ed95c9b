import { isObject, textMember } from '../activity/read-fields.ts';
import { parsed } from '../carriers/canonical-json.ts';
import { askedList, leadsIf, type EventRule, type Verdict, type WantedFact } from './event-rule.ts';
import type { SeenChange } from './seen-change.ts';

interface TagEvents {
  readonly source: string;
  readonly subject: string;
  readonly tag: readonly string[];
  readonly untag: readonly string[];
  /** A thing begins with the tags that it was made with, and no others. */
  readonly create: readonly string[];
  /** It takes its tags along when it goes. */
  readonly remove: readonly string[];
  /** Keys of IAM's tags are one whatever their case, those of ECR are not. */
  readonly keysHaveCase: boolean;
}

/** One fact for each tag that differs: one call may set several, and several calls one each. */
export function tagFacts(
  { before, after }: { readonly before: string | null; readonly after: string | null },
  events: TagEvents,
): WantedFact[] {
  const [earlier, later] = [tagsIn(before), tagsIn(after)];
  return [...new Set([...earlier.keys(), ...later.keys()])]
    .filter((key) => earlier.get(key) !== later.get(key))
    .toSorted()
    .map((key) => ({ label: key, rules: rulesOf(key, later.get(key), events) }));
}

function rulesOf(key: string, after: string | undefined, events: TagEvents): EventRule[] {
  const { source, subject, tag, untag, create, remove, keysHaveCase } = events;
  const isKey = (other: string | null): boolean =>
    other !== null && (keysHaveCase ? other === key : other.toLowerCase() === key.toLowerCase());
  const given = (change: SeenChange): string | undefined => {
    const found = askedList(change, 'tags').find((each) => isKey(either(each, 'key', 'Key')));
    return found === undefined ? undefined : (either(found, 'value', 'Value') ?? '');
  };
  const set = (change: SeenChange): Verdict => {
    const value = given(change);
    return value === undefined ? null : leadsIf(value === after);
  };
  const removed = (change: SeenChange): Verdict =>
    askedList(change, 'tagKeys').some((each) => typeof each === 'string' && isKey(each))
      ? leadsIf(after === undefined)
      : null;
  return [
    { source, names: tag, subject, judge: set },
    { source, names: untag, subject, judge: removed },
    { source, names: create, subject, judge: (change) => leadsIf(given(change) === after) },
    { source, names: remove, subject, judge: () => leadsIf(after === undefined) },
  ];
}

function either(value: unknown, ...keys: readonly string[]): string | null {
  return keys.map((key) => textMember(value, key)).find((text) => text !== null) ?? null;
}

/** The tags of a side as a difference writes them: `{"Team": "payments"}`. */
function tagsIn(text: string | null): ReadonlyMap<string, string> {
  const value = text === null ? {} : parsed(text);
  return new Map(
    Object.entries(isObject(value) ? value : {}).flatMap(([key, each]): [string, string][] =>
      typeof each === 'string' ? [[key, each]] : [],
    ),
  );
}
