import { capabilitiesShownBy, ECR_ACTIONS } from '@ecr-audit/access';
import { createTestDatabase } from '@ecr-audit/store/testing';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';

/* What stands in a name or an event never makes a view fail, and means in SQL what it means elsewhere. */

const database = await createTestDatabase();
const { sql } = database.store;
afterAll(async () => await database.drop());

const hostile = fc.string({
  unit: fc.constantFrom('\0', '\\', '"', 'u', '0', '\u{D83D}', '\u{DE00}', '\u{1F600}', 'a', '\u{FFFF}', "'"),
  maxLength: 12,
});

/** What a reader of SQL is shown for a text. */
function shown(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{FFFD}');
}

test('a JSON text of any characters is readable, and every character of it that Postgres can hold is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { maxLength: 4 }), async (texts) => {
      const [row] = await sql<{ read: string }[]>`
        select audit.readable(${JSON.stringify(texts)}::text::json)::text as read`;
      expect(JSON.parse(row?.read ?? '')).toEqual(texts.map(shown));
    }),
    { numRuns: 200 },
  );
});

test('one finding with a zero byte and half a character in its words does not hide the others', async () => {
  const words = 'name\0 of \u{D83D}';
  const content = {
    what: words,
    why: words,
    remedy: words,
    repositories: { count: 2, inProduction: 1, examples: [words] },
    scope: { repositories: [], rights: [words], conditions: [] },
    doubts: [words],
  };
  await sql`insert into audit.target (key, name) values ('account:111122223333', 'sample')`;
  for (const fingerprint of ['a', 'b']) {
    await sql`
      insert into audit.finding (
        target_id, fingerprint, rule_id, status, severity, resource, title, content, opened_at, changed_at)
      select id, ${fingerprint}, 'ECR-PUB-PUSH', 'active', 'high', 'r', 't', ${JSON.stringify(content)}::text::json,
        '2026-11-16T06:00:00Z', '2026-11-16T06:00:00Z'
      from audit.target`;
  }
  const rows = await sql`
    select what, repositories, repositories_in_production as production, rights[1] as "right", doubts[1] as doubt
    from audit.findings`;
  const told = shown(words);
  expect([...rows]).toEqual(
    [1, 2].map(() => ({ what: told, repositories: 2, production: 1, right: told, doubt: told })),
  );
});

test('the capability that an action shows is the one that reports go by', async () => {
  await sql`
    insert into audit.activity_principal (key, kind, described_at) values ('AROAEXAMPLE', 'role', '2026-11-16T06:00:00Z')`;
  await sql`
    insert into audit.activity_resource (account_id, region, repository) values ('111122223333', 'eu-west-1', 'app')`;
  await sql`
    insert into audit.activity (principal_id, resource_id, action, source, on_behalf_of, first_at, last_at, events)
    select principal.id, resource.id, action, source, '', '2026-11-09T06:00:00Z', '2026-11-16T06:00:00Z', 2
    from audit.activity_principal principal, audit.activity_resource resource,
      jsonb_array_elements_text(${JSON.stringify(ECR_ACTIONS.map(({ name }) => name))}::text::jsonb) as action,
      (values ('lookupEvents'), ('logFile')) as sources (source)`;
  const rows = await sql<{ action: string; capability: string | null; events: number }[]>`
    select action, capability, events from audit.activity_by_principal`;
  expect(rows).toHaveLength(ECR_ACTIONS.length);
  for (const { action, capability, events } of rows) {
    expect([capability].filter((each) => each !== null)).toEqual(capabilitiesShownBy(action));
    expect(events).toBe(4);
  }
});
