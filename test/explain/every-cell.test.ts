import { answerRequest, explainRequest, type Explanation, type Snapshot, tellStory } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { samplePoints } from '../sample-organization/sample-points.ts';
import { explanationSchema } from './explanation-schema.ts';

const ACTIONS = ['pull', 'push', 'delete', 'administer', 'ecr:PutImage', 'ecr:BatchImportUpstreamImage'];
const OTHERS = ['lambda.amazonaws.com', 'arn:aws:iam::999900001111:role/build-agent', 'arn:aws:iam::777788889999:root'];

/** One cell of twenty-nine, which shares no factor with the counts, so that each principal, repository and action comes up. */
function* cells(snapshot: Snapshot): Generator<{ principal: string; action: string; resource: string }> {
  const accounts = [...snapshot.accounts.values()];
  const roots = accounts.map(({ id }) => `arn:aws:iam::${id}:root`);
  const principals = accounts.flatMap(({ iam }) => iam?.principals.map(({ arn }) => arn) ?? []);
  const regions = accounts.flatMap((account) => [...account.regions.values()]);
  const repositories = regions.flatMap((region) => [...(region.repositories?.values() ?? [])].map(({ arn }) => arn));
  let count = 0;
  for (const principal of [...principals, ...roots, ...OTHERS]) {
    for (const resource of repositories) {
      for (const action of ACTIONS) {
        count += 1;
        if (count % 29 === 0) {
          yield { principal, action, resource };
        }
      }
    }
  }
}

function explained(snapshot: Snapshot, request: unknown): Explanation {
  const result = explainRequest(snapshot, request);
  if (result.kind === 'error') {
    throw new Error(result.message);
  }
  return result.explanation;
}

/** A Deny that decides, an Allow that is missing, or conditions that exclude each other. */
function isTold({ decision, gates }: Explanation['actions'][number]): boolean {
  const deciding = gates.filter(({ decides }) => decides);
  const statements = deciding.flatMap((gate) => gate.statements);
  switch (decision) {
    case 'explicitDeny':
      return statements.some(({ effect, decides }) => effect === 'Deny' && decides);
    case 'implicitDeny':
      return (
        deciding.length > 0 &&
        (deciding.every(({ lacksAllow }) => lacksAllow) || deciding.every(({ verdict }) => verdict !== 'noAllow'))
      );
    default:
      return deciding.length > 0;
  }
}

test('every cell has the answer that is given without a story, gates that tell why, and JSON of one shape', () => {
  const { after } = samplePoints();
  const decisions = new Set<string>();
  const verdicts = new Set<string>();
  let count = 0;
  for (const request of cells(after)) {
    count += 1;
    const explanation = explained(after, request);
    const { decision, residual, reasons, limits } = explanation;
    const answer = answerRequest(after, request);
    const found = { request, decision, residual, reasons, limits };
    expect(found).toEqual({ request, ...answer });
    decisions.add(decision);
    for (const action of explanation.actions) {
      expect({ request, action: action.action, isTold: isTold(action) }).toMatchObject({ isTold: true });
      action.gates.forEach(({ decides, verdict }) => decides && verdicts.add(verdict));
    }
    const parsed = explanationSchema.safeParse(JSON.parse(JSON.stringify(explanation)));
    expect({ request, issues: parsed.error?.issues ?? [] }).toEqual({ request, issues: [] });
    expect(tellStory(explanation).length).toBeLessThan(80);
  }
  expect(count).toBeGreaterThan(1_000);
  expect(decisions).toEqual(new Set(['allowed', 'explicitDeny', 'implicitDeny', 'conditional', 'unknown']));
  expect(verdicts).toEqual(
    new Set(['allows', 'allowsConditionally', 'noAllow', 'denies', 'deniesConditionally', 'notRead']),
  );
});

test('stating the keys that are left open as absent, or as one value, decides a cell that only depends on the request', () => {
  const { after } = samplePoints();
  let count = 0;
  for (const request of cells(after)) {
    const { decision, openKeys } = explained(after, request);
    if (decision !== 'conditional') {
      continue;
    }
    count += 1;
    for (const value of [null, '2026-11-16T00:00:00Z']) {
      const context = Object.fromEntries(openKeys.map((key) => [key, value]));
      const decided = explained(after, { ...request, context });
      expect({ request, value, open: decided.openKeys, condition: decided.condition }).toMatchObject({
        open: [],
        condition: null,
      });
      expect(decided.given.map(({ key }) => key).toSorted()).toEqual(openKeys.toSorted());
    }
  }
  expect(count).toBeGreaterThan(10);
});
