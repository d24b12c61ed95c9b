import {
  answerRequest,
  assembleSnapshot,
  DAY_MS,
  ECR_ACTIONS,
  type ObservedUse,
  type Snapshot,
  snapshotActivity,
  suggestForPrincipal,
  suggestForRepository,
  type SuggestedDocument,
} from '@ecr-audit/access';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { A, arnOf, B, partsOf, region, type Role, type Statement, takenAt } from '../over-permission/scene.ts';

/*
 * The proof is made by the engine; here each cell is asked again of the reference evaluator, in a snapshot in which the
 * policies were really replaced.
 */

const asOfMs = Date.parse(takenAt);
const period = { asOfMs, fromMs: asOfMs - 90 * DAY_MS };
const repositories = ['team/app', 'team/web', 'team/api', 'base/node', 'prod/app'];
const id = 'AROACIEXAMPLE00000001';
const principal = `arn:aws:iam::${A}:role/ci`;

const actions = fc.oneof(
  fc.constantFrom<unknown>('ecr:*', '*', 'ecr:GetAuthorizationToken', 'ecr:Batch*', 'ecr:*Layer*', 's3:*'),
  fc.constant(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']),
  fc.constant([
    'ecr:PutImage',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:Batch*',
  ]),
);
const resources = fc.constantFrom<unknown>(
  '*',
  arnOf('team/*'),
  [arnOf('team/app'), arnOf('base/node')],
  arnOf('prod/app'),
);
const conditions = fc.constantFrom<object>(
  {},
  {},
  { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } },
  { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, StringLike: { 'aws:PrincipalTag/team': 'a*' } } },
  { Condition: { 'ForAnyValue:StringNotLikeIfExists': { 'aws:CalledVia': ['x*', 'y'] } } },
);
const effect = fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Allow', 'Deny');
const identityStatement = fc
  .tuple(effect, actions, resources, conditions)
  .map(([Effect, Action, Resource, more]): Statement => ({ Effect, Action, Resource, ...more }));
const repositoryStatement = fc
  .tuple(
    effect,
    fc.constantFrom<unknown>('ecr:*', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], 'ecr:PutImage'),
    fc.constantFrom<unknown>(
      { AWS: `arn:aws:iam::${A}:root` },
      { AWS: [principal] },
      { AWS: B },
      { AWS: `arn:aws:iam::${B}:role/node` },
      { Service: 'lambda.amazonaws.com' },
      '*',
    ),
    conditions,
  )
  .map(([Effect, Action, Principal, more]): Statement => ({ Effect, Action, Principal, ...more }));
const uses = fc.array(
  fc.record({
    action: fc.constantFrom(
      'ecr:BatchGetImage',
      'ecr:PutImage',
      'ecr:BatchDeleteImage',
      'ecr:SetRepositoryPolicy',
      'ecr:GetAuthorizationToken',
    ),
    repository: fc.constantFrom(...repositories),
    isNode: fc.boolean(),
  }),
  { maxLength: 6 },
);
const organization = fc.record({
  statements: fc.array(identityStatement, { maxLength: 4 }),
  policy: fc.array(repositoryStatement, { minLength: 1, maxLength: 3 }),
  uses,
});

function observed(all: readonly { action: string; repository: string; isNode: boolean }[]): ObservedUse[] {
  return all.map(({ action, repository, isNode }) => ({
    principalKey: isNode ? 'AROANODEEXAMPLE000001' : id,
    principalAccountId: isNode ? B : A,
    principalArn: null,
    accountId: A,
    region,
    repository: action === 'ecr:GetAuthorizationToken' ? null : repository,
    action,
    onBehalfOf: null,
    source: 'lookupEvents',
    firstMs: asOfMs - DAY_MS,
    lastMs: asOfMs - DAY_MS,
    events: 1,
  }));
}

function sceneParts(statements: readonly Statement[], policy: readonly Statement[] | null) {
  const roles: Role[] = [{ name: 'ci', id, statements }];
  return partsOf({ roles, repositories, ...(policy === null ? {} : { policies: { 'team/app': policy } }) });
}

function decisions(snapshot: Snapshot, who: string): ReadonlyMap<string, string> {
  const cells = ECR_ACTIONS.flatMap(({ name, resourceType }) =>
    (resourceType === 'registry' ? ['*'] : repositories.map(arnOf)).map((resource): [string, string] => {
      const answer = answerRequest(snapshot, { principal: who, action: name, resource, region });
      return [
        `${name} ${resource}`,
        'error' in answer ? answer.error : `${answer.decision} ${JSON.stringify(answer.residual)}`,
      ];
    }),
  );
  return new Map(cells);
}

function isDenied(decision: string | undefined): boolean {
  return decision === undefined || decision.startsWith('implicitDeny') || decision.startsWith('explicitDeny');
}

/** What is denied already stays so; by which kind of denial depends on whether anything allows it. */
function kindOf(decision: string | undefined): string {
  return decision === undefined || isDenied(decision) ? 'denied' : decision;
}

function statementsOf(documents: readonly SuggestedDocument[]): Statement[] {
  return documents.flatMap((document): Statement[] =>
    document.Statement.map(({ Effect, Action, Resource, Condition }) => ({
      Effect,
      Action,
      Resource,
      ...(Condition === undefined ? {} : { Condition }),
    })),
  );
}

test('a suggestion for a role keeps every use, and grants nothing that was not granted before', () => {
  let suggested = 0;
  fc.assert(
    fc.property(organization, ({ statements, policy, uses: all }) => {
      const parts = sceneParts(statements, policy);
      const snapshot = assembleSnapshot(parts);
      const seen = observed(all);
      const suggestion = suggestForPrincipal({
        snapshot,
        uses: seen,
        observed: snapshotActivity(snapshot, parts).observed,
        period,
        principalId: id,
      });
      expect(suggestion.kind).not.toBe('proofFailed');
      if (suggestion.kind !== 'suggested') {
        return;
      }
      suggested += 1;
      const denials = statements.filter(({ Effect }) => Effect === 'Deny');
      const after = decisions(
        assembleSnapshot(sceneParts([...denials, ...statementsOf(suggestion.documents)], policy)),
        principal,
      );
      const before = decisions(snapshot, principal);
      for (const [cell, decision] of after) {
        const today = before.get(cell);
        const isWithin =
          isDenied(decision) ||
          today === decision ||
          today?.startsWith('allowed') === true ||
          (!isDenied(today) && !decision.startsWith('allowed'));
        expect(isWithin, `${cell}: ${today ?? ''} became ${decision}`).toBe(true);
      }
      for (const { action, repository, principalKey } of seen.filter((use) => use.principalKey === id)) {
        const cell = `${action} ${repository === null ? '*' : arnOf(repository)}`;
        expect(kindOf(after.get(cell)), `${principalKey} ${cell}`).toBe(kindOf(before.get(cell)));
      }
    }),
    { numRuns: 60 },
  );
  expect(suggested).toBeGreaterThan(30);
});

function here(cells: ReadonlyMap<string, string>): [string, string][] {
  return [...cells].filter(([cell]) => cell.endsWith('repository/team/app'));
}

test('a suggestion for a repository keeps every use of everybody, and grants nobody anything new', () => {
  let suggested = 0;
  const everybody = [
    principal,
    `arn:aws:iam::${B}:role/node`,
    'lambda.amazonaws.com',
    'arn:aws:iam::999900001111:role/x',
  ];
  fc.assert(
    fc.property(organization, ({ statements, policy, uses: all }) => {
      const parts = sceneParts(statements, policy);
      const snapshot = assembleSnapshot(parts);
      const seen = observed(all);
      const suggestion = suggestForRepository({
        snapshot,
        uses: seen,
        observed: snapshotActivity(snapshot, parts).observed,
        period,
        repositoryArn: arnOf('team/app'),
      });
      expect(suggestion.kind).not.toBe('proofFailed');
      if (suggestion.kind !== 'suggested') {
        return;
      }
      suggested += 1;
      expect(JSON.stringify(suggestion.document)).not.toContain('GetAuthorizationToken');
      const replaced =
        suggestion.document === null
          ? null
          : suggestion.document.Statement.map((statement): Statement => ({ Action: [], ...statement }));
      const next = assembleSnapshot(sceneParts(statements, replaced));
      for (const who of everybody) {
        const before = new Map(here(decisions(snapshot, who)));
        for (const [cell, decision] of here(decisions(next, who))) {
          const today = before.get(cell);
          const isWithin =
            isDenied(decision) ||
            today?.startsWith('allowed') === true ||
            (!isDenied(today) && !decision.startsWith('allowed'));
          expect(isWithin, `${who} ${cell}: ${today ?? ''} became ${decision}`).toBe(true);
        }
        const key = who === principal ? id : 'AROANODEEXAMPLE000001';
        const after = decisions(next, who);
        const isTeamApp = ({ principalKey, repository, accountId }: ObservedUse): boolean =>
          principalKey === key && repository === 'team/app' && accountId === A;
        for (const { action } of everybody.indexOf(who) < 2 ? seen.filter(isTeamApp) : []) {
          const cell = `${action} ${arnOf('team/app')}`;
          expect(`${cell} ${kindOf(after.get(cell))}`).toBe(`${cell} ${kindOf(before.get(cell))}`);
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(suggested).toBeGreaterThan(15);
});

test('a use is kept as it is, though an unused action would give the same capability under fewer conditions', () => {
  const statements: readonly Statement[] = [
    {
      Effect: 'Deny',
      Action: 'ecr:Batch*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
    },
    { Effect: 'Allow', Action: 'ecr:*', Resource: '*' },
  ];
  const parts = sceneParts(statements, null);
  const snapshot = assembleSnapshot(parts);
  const suggestion = suggestForPrincipal({
    snapshot,
    uses: observed([{ action: 'ecr:BatchDeleteImage', repository: 'team/app', isNode: false }]),
    observed: snapshotActivity(snapshot, parts).observed,
    period,
    principalId: id,
  });
  expect(suggestion).toMatchObject({
    kind: 'suggested',
    documents: [{ Statement: [{ Action: ['ecr:BatchDeleteImage'], Resource: [arnOf('team/app')] }] }],
    proof: { kept: [{ action: 'ecr:BatchDeleteImage' }] },
  });
});
