import type { Tags } from '../model.ts';

interface AwsTag {
  Key: string;
  Value: string;
}

export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** ECR hands policies back as indented text, whatever the text was that somebody saved. */
export function policyText(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

export function tagList(tags: Tags | undefined): AwsTag[] {
  return sortedBy(
    Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    (tag) => tag.Key,
  );
}

/** In the order of code units, which no locale changes. */
export function sortedBy<T>(things: readonly T[], key: (thing: T) => string): T[] {
  return [...things].toSorted((a, b) => compare(key(a), key(b)));
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
