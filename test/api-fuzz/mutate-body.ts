import * as fc from 'fast-check';
import { hostileJson, hostileText } from './hostile-values.ts';

/** Makes another text of the JSON of a body. */
export type BodyChange = (text: string) => string;

/** Other values, other fields, no JSON at all: at a place that a number chooses, whatever the body is. */
export const mutateBody: fc.Arbitrary<BodyChange> = fc.oneof(
  { arbitrary: fc.tuple(fc.nat(), hostileJson).map(([place, value]) => atPlace(place, () => value)), weight: 6 },
  fc
    .tuple(fc.nat(), hostileText, hostileJson)
    .map(([place, name, value]) =>
      atPlace(place, (each) => (isRecord(each) ? { ...each, [name]: value } : [each, value])),
    ),
  fc.nat().map((place) => atPlace(place, () => undefined)),
  hostileJson.map(
    (value): BodyChange =>
      () =>
        JSON.stringify(value) ?? '',
  ),
  hostileText.map(
    (text): BodyChange =>
      () =>
        text,
  ),
  fc.nat().map(
    (length): BodyChange =>
      (text) =>
        text.slice(0, length % (text.length + 1)),
  ),
  fc.constantFrom<BodyChange>(
    () => '',
    (text) => `${text}${text}`,
    (text) => `\uFEFF${text}`,
    (text) => text.replace('{', '{"__proto__":{"a":1},'),
    (text) => `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)},${text.slice(1)}`,
    (text) => text.replaceAll('"', "'"),
    (text) => text.replace(/"(\w+)":/, '"$1":null,"$1":'),
    () => `"${'x'.repeat(300_000)}"`,
  ),
);

/** Replaces one of the values within the body; `undefined` takes it away. */
function atPlace(place: number, replace: (value: unknown) => unknown): BodyChange {
  return (text) => {
    let count = 0;
    try {
      JSON.parse(text, (_key, value: unknown) => {
        count += 1;
        return value;
      });
      const chosen = place % Math.max(count, 1);
      let index = 0;
      const changed: unknown = JSON.parse(text, (_key, value: unknown) => {
        const result = index === chosen ? replace(value) : value;
        index += 1;
        return result;
      });
      return JSON.stringify(changed) ?? '';
    } catch {
      // An earlier change made something else of it.
      return text;
    }
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
