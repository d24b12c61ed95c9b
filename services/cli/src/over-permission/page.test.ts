import { bitSet, type OverPermissionReport } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';
import { pageOf } from './page.ts';
import { tableOf } from './table.ts';

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>&\u202Egpj.exe\u0007';

function reportNaming(name: string): OverPermissionReport {
  const set = bitSet(1);
  set[0] = 1;
  const none = bitSet(1);
  const right = {
    right: 'push',
    granted: set,
    uncertain: none,
    used: [],
    absent: [{ absence: { kind: 'notKnown', reason: 'noCloudTrail' }, set }],
  } as const;
  return {
    period: { fromMs: 0, asOfMs: 86_400_000 },
    repositories: [{ arn: name, accountId: '111122223333', region: 'eu-west-1', name, isProduction: true }],
    principals: [
      {
        principal: { id: name, arn: name, kind: 'role', accountId: '111122223333', name },
        findings: ['cannotUse'],
        lastUsedMs: null,
        unusedOnProduction: 1,
        capabilities: [right],
        actions: [],
        registryActions: [],
        unusable: [{ capability: 'pull', reason: 'partsMissing', missing: [name], set }],
      },
    ],
    gone: [{ key: name, accountId: null, arn: name, lastUsedMs: 0, events: 1, replacedBy: null }],
    policies: {
      idle: {
        found: [
          {
            kind: 'identity',
            policy: name,
            owners: [name],
            fromAll: true,
            reasons: ['covered'],
            by: [name],
            isOnlyEcr: false,
          },
        ],
        notKnown: 1,
      },
      oneSided: {
        found: [
          {
            side: 'identity',
            policy: name,
            statement: name,
            actions: [name],
            missing: 'resourcePolicy',
            principals: [name],
            repositories: [name],
          },
        ],
        notKnown: [{ side: 'repository', policy: name, statement: name, accountId: name }],
      },
    },
    leftOut: { rootUsers: 0, serviceLinkedRoles: 0 },
  };
}

function tags(text: string): string[] {
  return text.match(/<[^>]*>/g) ?? [];
}

test('names of others are text in the page, wherever they stand', () => {
  const page = pageOf(reportNaming(hostile));
  const harmless = pageOf(reportNaming('name'));
  // Escaped, a name adds no tag and no attribute.
  expect(tags(page)).toEqual(tags(harmless));
  expect(page).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('\u202E');
  expect(page).not.toContain('\u0007');
});

test('the page needs nothing from elsewhere and may run nothing', () => {
  const page = pageOf(reportNaming('name'));
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:\/\//);
  expect(page).toContain('@media print');
});

test('a terminal does not obey a name, and a spreadsheet takes it for no formula', () => {
  const table = tableOf(reportNaming(hostile));
  expect(table).not.toContain('\u0007');
  expect(table).not.toContain('\u202E');
  expect([...csvOf(reportNaming('=1+1'))].join('')).toContain(`\n'=1+1,'=1+1,role`);
});
