import { assembleSnapshot } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { concernsImages } from './change-document.ts';
import { documentSlots } from './document-slots.ts';
import { organizationFor } from './generate.ts';
import type { GeneratedOrganization } from './model.ts';
import { nextDay } from './next-day.ts';
import { generatorOptions } from './options.ts';
import { renderSnapshot } from './render-snapshot.ts';

const first = organizationFor(generatorOptions({ accounts: 4, principals: 120, repositories: 60 }));

function textsOf(organization: GeneratedOrganization): string[] {
  return documentSlots(organization).map(({ document }) => JSON.stringify(document));
}

function differences(before: GeneratedOrganization, after: GeneratedOrganization): number {
  const [old, now] = [textsOf(before), textsOf(after)];
  expect(now.length).toBe(old.length);
  return now.filter((text, index) => text !== old[index]).length;
}

describe('a day later', () => {
  test.each([0, 1, 7])('%d documents have another text, and nothing else is different', (documents) => {
    const second = nextDay(first, { documents, hasComingsAndGoings: false });
    expect(differences(first, second)).toBe(documents);
    expect(renderSnapshot(second).map(({ path }) => path)).toEqual(renderSnapshot(first).map(({ path }) => path));
  });

  test('yesterday is what it was, and the same day comes again', () => {
    const before = JSON.stringify(first);
    expect(renderSnapshot(nextDay(first, { documents: 5 }))).toEqual(renderSnapshot(nextDay(first, { documents: 5 })));
    expect(JSON.stringify(first)).toBe(before);
  });

  test('a change about images is in a statement that names them', () => {
    let organization = first;
    for (let day = 1; day <= 20; day += 1) {
      const next = nextDay(organization, { documents: 1, isAboutImages: true, hasComingsAndGoings: false });
      const [before, after] = [organization, next].map((each) =>
        documentSlots(each).map(({ document }) => JSON.stringify(document.Statement.filter(concernsImages))),
      );
      expect(after?.filter((text, index) => text !== before?.[index]).length).toBe(1);
      organization = next;
    }
  });

  test('a document that changes again and again stays one edit away from what it was', () => {
    let organization = first;
    for (let day = 1; day <= 40; day += 1) {
      organization = nextDay(organization, { documents: 20, hasComingsAndGoings: false });
    }
    const now = statementsOf(organization);
    const worn = statementsOf(first).flatMap((statements, index) => {
      const kept = statements.filter((statement) => now[index]?.includes(statement) === true);
      return kept.length < statements.length - 1 || Math.abs((now[index]?.length ?? 0) - statements.length) > 1
        ? [statements]
        : [];
    });
    expect(worn).toEqual([]);
  });

  test('every document has a key of its own, which it keeps', () => {
    const keys = documentSlots(first).map(({ key }) => key);
    const second = nextDay(first, { documents: 5, hasComingsAndGoings: false });
    expect(new Set(keys).size).toBe(keys.length);
    expect(documentSlots(second).map(({ key }) => key)).toEqual(keys);
  });

  test('only documents of the kinds that are asked for change', () => {
    const second = nextDay(first, { documents: 3, kinds: ['inline'], hasComingsAndGoings: false });
    const kinds = documentSlots(first).map(({ kind }) => kind);
    const old = textsOf(first);
    const changed = textsOf(second).flatMap((text, index) => (text === old[index] ? [] : [kinds[index]]));
    expect(changed).toEqual(['inline', 'inline', 'inline']);
  });
});

test('over many days roles and repositories come and go, and every day is read without a problem', () => {
  let organization = first;
  for (let day = 1; day <= 60; day += 1) {
    organization = nextDay(organization, { documents: 3 });
    expect(assembleSnapshot(renderSnapshot(organization)).problems).toEqual([]);
  }
  const [before, after] = [namesIn(first), namesIn(organization)];
  for (const kind of ['role', 'repository']) {
    expect([...after.difference(before)].filter((name) => name.startsWith(kind)).length).toBeGreaterThan(0);
    expect([...before.difference(after)].filter((name) => name.startsWith(kind)).length).toBeGreaterThan(0);
  }
});

function namesIn(organization: GeneratedOrganization): Set<string> {
  return new Set(
    organization.accounts.flatMap(({ roles, registries }) => [
      ...roles.map(({ name }) => `role ${name}`),
      ...registries.flatMap(({ region, repositories }) =>
        repositories.map(({ name }) => `repository ${region} ${name}`),
      ),
    ]),
  );
}

function statementsOf(organization: GeneratedOrganization): string[][] {
  return documentSlots(organization).map(({ document }) =>
    document.Statement.map((statement) => JSON.stringify(statement)),
  );
}
