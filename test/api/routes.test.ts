import { randomUUID } from 'node:crypto';
import { requestScan } from '@ecr-audit/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askPages, askProblem, post } from './harness/ask.ts';
import { shop, smallOrganization, stranger, tools } from './harness/small-organization.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

let test: TestApi;
let firstScan: string;
let scan: string;
let openScan: string;

beforeAll(async () => {
  test = await startTestApi();
  firstScan = await writeScan(test.store, smallOrganization());
  scan = await writeScan(test.store, smallOrganization());
  openScan = randomUUID();
  await requestScan(test.store.sql, { scanId: openScan, target: { key: 'account:333333333333' }, source: 'aws' });
});
afterAll(async () => {
  await test.stop();
});

const asOf = (id: string) => ({
  scan: { id, takenAt: '2026-11-20T06:00:00.000Z' },
  target: { key: expect.stringMatching(/^organization:o-/) },
  coverage: { isComplete: false, gaps: 1 },
});

async function idOf(name: string): Promise<number> {
  const { items } = await ask(test.api, `/v1/repositories?namePrefix=${encodeURIComponent(name)}`);
  const [repository] = Array.isArray(items) ? items : [];
  return Number(repository?.id);
}

async function names(query: string): Promise<unknown[]> {
  return (await askPages(test.api, `/v1/repositories?limit=1${query}`)).map(({ name }) => name);
}

describe('every answer about access', () => {
  it('says which scan it describes and that the scan could not read everything', async () => {
    const principal = encodeURIComponent(`external:arn:aws:iam::${stranger}:role/path/ci`);
    const id = await idOf('team/app');
    const paths = [
      '/v1/accounts',
      '/v1/repositories',
      `/v1/repositories/${id}`,
      `/v1/repositories/${id}/access`,
      '/v1/principals',
      `/v1/principals/${principal}`,
      `/v1/principals/${principal}/access`,
    ];
    for (const path of paths) {
      expect({ path, ...(await ask(test.api, path)) }).toMatchObject({ path, asOf: asOf(scan) });
    }
  });

  it('stays with the scan of its first page when a newer one lands', async () => {
    const before = await startTestApi();
    try {
      const old = await writeScan(before.store, smallOrganization());
      const all = await askPages(before.api, '/v1/principals');
      const first = await ask(before.api, '/v1/principals?limit=2');
      await writeScan(before.store, smallOrganization({ isBobThere: false }));
      const rest = await ask(before.api, `/v1/principals?limit=100&cursor=${String(first['nextCursor'])}`);
      expect(rest).toMatchObject({ asOf: { scan: { id: old } }, nextCursor: null });
      expect([first['items'], rest['items']].flat().map(withoutEnd)).toEqual(all.map(withoutEnd));
      expect(await askPages(before.api, '/v1/principals')).toHaveLength(all.length - 1);
    } finally {
      await before.stop();
    }
  });
});

describe('scans', () => {
  it('lists the newest first, narrowed by target and status', async () => {
    expect((await askPages(test.api, '/v1/scans?limit=1')).map(({ id }) => id)).toEqual([openScan, scan, firstScan]);
    expect(await ask(test.api, '/v1/scans?status=requested')).toMatchObject({
      items: [{ id: openScan }],
      nextCursor: null,
    });
    expect(await ask(test.api, '/v1/scans?target=account:333333333333')).toMatchObject({ items: [{ id: openScan }] });
  });

  it('shows one with what it changed', async () => {
    expect(await ask(test.api, `/v1/scans/${scan}`)).toMatchObject({
      scan: { id: scan, status: 'completed', counts: { opened: 0, closed: 0, unchanged: expect.any(Number) }, gaps: 1 },
    });
  });

  it('shows what it could read and what it could not, page by page until both lists end', async () => {
    const whole = await ask(test.api, `/v1/scans/${scan}/coverage`);
    expect(whole).toMatchObject({
      isComplete: false,
      gaps: [{ accountId: tools, reason: 'accessDenied' }],
      nextCursor: null,
    });
    const coverage: unknown[] = [];
    const gaps: unknown[] = [];
    let cursor = '';
    for (let page = 0; page < 50 && cursor !== 'null'; page += 1) {
      const answer = await ask(
        test.api,
        `/v1/scans/${scan}/coverage?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      coverage.push(...[answer['coverage']].flat());
      gaps.push(...[answer['gaps']].flat());
      cursor = String(answer['nextCursor']);
    }
    expect({ coverage, gaps }).toEqual({ coverage: whole['coverage'], gaps: whole['gaps'] });
  });

  it('shows a scan under way as one that has not seen everything', async () => {
    expect(await ask(test.api, `/v1/scans/${openScan}/coverage`)).toMatchObject({ isComplete: false, coverage: [] });
  });
});

describe('accounts', () => {
  it('lists each with the coverage of the scan', async () => {
    const items = await askPages(test.api, '/v1/accounts?limit=1');
    // The third one is the management account, which was not collected.
    expect(items.map(({ accountId }) => accountId)).toEqual([shop, tools, '999999999999']);
    const coverageOf = (index: number): unknown => items[index]?.['coverage'];
    expect(coverageOf(0)).toContainEqual({ region: null, source: 'iam', status: 'complete', detail: null });
    expect(coverageOf(1)).toContainEqual({
      region: 'eu-west-1',
      source: 'ecr',
      status: 'partial',
      detail: expect.stringContaining('access denied'),
    });
    expect(coverageOf(2)).toContainEqual(expect.objectContaining({ source: 'iam', status: 'notReadable' }));
  });
});

describe('repositories', () => {
  it('lists by ARN and narrows by account, region and beginning of the name', async () => {
    expect(await names('')).toEqual(['team/app', 'team/base', 'image', 'team/far']);
    expect(await names(`&accountId=${tools}`)).toEqual(['image']);
    expect(await names('&region=us-east-1')).toEqual(['team/far']);
    expect(await names('&namePrefix=team/')).toEqual(['team/app', 'team/base', 'team/far']);
    expect(await names('&namePrefix=team_')).toEqual([]);
  });

  it('says who has access, by action or capability, with residual, reasons and age', async () => {
    const id = await idOf('team/app');
    const { items } = await ask(test.api, `/v1/repositories/${id}/access?action=push`);
    expect(items).toMatchObject([
      {
        principal: { arn: `arn:aws:iam::${shop}:user/alice`, kind: 'user' },
        repository: { id, name: 'team/app' },
        action: 'push',
        decision: 'conditional',
        residual: { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8'] },
        condition: expect.stringContaining('aws:SourceIp'),
        since: '2026-11-20T06:00:00.000Z',
      },
      { principal: { name: 'bob' }, decision: 'allowed', residual: null, condition: null },
      { principal: { kind: 'root' }, decision: 'allowed' },
    ]);
    const [, bob] = Array.isArray(items) ? items : [];
    expect(bob.reasons).toContainEqual(expect.objectContaining({ policyType: 'identity', effect: 'Allow' }));
  });

  it('narrows who has access by kind, account, name, decision and capability', async () => {
    const id = await idOf('team/app');
    const who = async (query: string): Promise<unknown[]> => [
      ...new Set((await askPages(test.api, `/v1/repositories/${id}/access?limit=7${query}`)).map((row) => arnIn(row))),
    ];
    expect(await who('&principalKind=service')).toEqual(['lambda.amazonaws.com']);
    expect(await who(`&principalAccountId=${stranger}`)).toEqual([`arn:aws:iam::${stranger}:role/path/ci`]);
    expect(await who('&principalNamePrefix=al')).toEqual([`arn:aws:iam::${shop}:user/alice`]);
    expect(await who('&decision=unknown')).toEqual([`arn:aws:iam::${stranger}:role/path/ci`]);
    expect(await who('&by=capability&action=ecr:PutImage')).toEqual([]);
    const rows = await askPages(test.api, `/v1/repositories/${id}/access?by=capability`);
    expect(new Set(rows.map(({ action }) => action))).toEqual(
      new Set(['administer', 'delete', 'pull', 'push', 'replicate']),
    );
  });

  it('takes an action in any spelling of case', async () => {
    const id = await idOf('team/app');
    const { items } = await ask(test.api, `/v1/repositories/${id}/access?action=ECR:putimage&limit=1`);
    expect(items).toMatchObject([{ action: 'ecr:PutImage' }]);
  });
});

describe('principals', () => {
  it('finds one by ARN, and by an id with slashes and colons', async () => {
    const arn = `arn:aws:iam::${stranger}:role/path/ci`;
    const { items } = await ask(test.api, `/v1/principals?arn=${encodeURIComponent(arn)}`);
    expect(items).toMatchObject([{ id: `external:${arn}`, kind: 'external' }]);
    const one = await ask(test.api, `/v1/principals/${encodeURIComponent(`external:${arn}`)}`);
    expect(one).toMatchObject({ principal: { id: `external:${arn}`, accountId: stranger, goneSince: null } });
  });

  it('says what one can reach, narrowed by account, region and repository', async () => {
    const [deploy] = await askPages(test.api, '/v1/principals?namePrefix=deploy&kind=role');
    const path = `/v1/principals/${String(deploy?.['id'])}/access`;
    const pulls = await askPages(test.api, `${path}?action=pull&limit=1`);
    expect(pulls.map((row) => nameIn(row))).toEqual(['team/app', 'team/base', 'team/far', 'image']);
    expect(pulls.at(-1)).toMatchObject({ decision: 'unknown', accountId: tools });
    expect(await askPages(test.api, `${path}?action=pull&region=us-east-1`)).toHaveLength(1);
    expect(await askPages(test.api, `${path}?action=pull&repositoryNamePrefix=team/b`)).toHaveLength(1);
    expect(await askPages(test.api, `${path}?accountId=${tools}&action=push`)).toEqual([]);
    expect(await askPages(test.api, `${path}?action=ecr:GetAuthorizationToken`)).toMatchObject([
      { repository: null, region: 'eu-west-1' },
      { repository: null, region: 'us-east-1' },
    ]);
  });
});

describe('explain', () => {
  const question = {
    principal: `arn:aws:iam::${shop}:user/alice`,
    action: 'push',
    resource: `arn:aws:ecr:eu-west-1:${shop}:repository/team/app`,
  };

  it('answers with the gates, the condition and a text, as of the latest scan or the one named', async () => {
    const answer = await ask(test.api, '/v1/explain', post(question));
    expect(answer).toMatchObject({
      asOf: asOf(scan),
      explanation: { decision: 'conditional', action: 'push', condition: expect.stringContaining('aws:SourceIp') },
      text: expect.arrayContaining([expect.stringContaining('IT DEPENDS')]),
    });
    const named = await ask(test.api, '/v1/explain', post({ ...question, scan: firstScan }));
    expect(named).toMatchObject({ asOf: asOf(firstScan), explanation: answer['explanation'] });
  });

  it('takes what the question says of the request into account', async () => {
    const inside = { context: { 'aws:SourceIp': '10.1.2.3' }, contextComplete: true };
    expect(await ask(test.api, '/v1/explain', post({ ...question, ...inside }))).toMatchObject({
      explanation: { decision: 'allowed', residual: null },
    });
  });

  it('knows the gaps that the scan recorded beside its files', async () => {
    const resource = `arn:aws:ecr:eu-west-1:${tools}:repository/image`;
    const answer = await ask(test.api, '/v1/explain', post({ ...question, action: 'ecr:PutImage', resource }));
    expect(answer).toMatchObject({
      explanation: { limits: expect.arrayContaining([expect.objectContaining({ code: 'repositoryPolicyUnread' })]) },
    });
  });

  it.each([
    [{ principal: `arn:aws:iam::${shop}:user/nobody` }, 'no such user'],
    [{ action: 'ecr:PutImag' }, 'did you mean `ecr:PutImage`'],
    [{ resource: 'arn:aws:s3:::bucket' }, 'is no repository'],
  ])('refuses a question that it cannot answer, saying what was expected: %j', async (change, detail) => {
    const problem = await askProblem(test.api, '/v1/explain', post({ ...question, ...change }));
    expect(problem).toMatchObject({ status: 422, code: 'questionRefused', detail: expect.stringContaining(detail) });
  });

  it('refuses a scan that is not there, not completed, or whose snapshot is not kept', async () => {
    const absent = await askProblem(test.api, '/v1/explain', post({ ...question, scan: randomUUID() }));
    expect(absent).toMatchObject({ status: 404, code: 'scanNotFound' });
    const open = await askProblem(test.api, '/v1/explain', post({ ...question, scan: openScan }));
    expect(open).toMatchObject({ status: 409, code: 'scanNotCompleted' });
    const bare = await startTestApi();
    try {
      await writeScan(bare.store, smallOrganization());
      await bare.store.sql`delete from audit.scan_part`;
      expect((await askProblem(bare.api, '/v1/explain', post(question))).code).toBe('snapshotNotKept');
    } finally {
      await bare.stop();
    }
  });
});

describe('a database without a completed scan', () => {
  it('says so, rather than that nobody has access', async () => {
    const empty = await startTestApi();
    try {
      expect(await ask(empty.api, '/v1/scans')).toEqual({ items: [], nextCursor: null });
      expect(await askProblem(empty.api, '/v1/principals')).toMatchObject({ status: 404, code: 'noCompletedScan' });
    } finally {
      await empty.stop();
    }
  });
});

function arnIn(row: Readonly<Record<string, unknown>>): unknown {
  const { principal } = row;
  return typeof principal === 'object' && principal !== null && 'arn' in principal ? principal.arn : null;
}

function nameIn(row: Readonly<Record<string, unknown>>): unknown {
  const { repository } = row;
  return typeof repository === 'object' && repository !== null && 'name' in repository ? repository.name : null;
}

/** When something ended is always told as it is known now. */
function withoutEnd(row: unknown): unknown {
  return typeof row === 'object' && row !== null ? { ...row, goneSince: null } : row;
}
