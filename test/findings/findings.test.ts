import { assembleSnapshot, findFindings, findingInput, isAtLeast, RULES, SEVERITIES } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { found, judge } from './rule-case.ts';
import { A, noSettings, partsOf, type Scene, STRANGER } from './scene.ts';

/* What holds for the findings of every rule. */

const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const open = (Condition: object = {}): Scene => ({
  repositories: { 'prod/app': [{ Effect: 'Allow', Principal: { AWS: STRANGER }, Action: pull, Condition }] },
});
const admin = (id: string, name = 'deploy'): Scene => ({
  roles: [{ name, id, statements: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }] }],
});

function fingerprint(rule: string, scene: Scene): string | undefined {
  return found(rule, { scene })[0]?.fingerprint;
}

function severities(scene: Scene, settings: object): string[] {
  return found('ECR-XACCT-PULL', { scene, settings }).map(({ severity }) => severity);
}

describe('a fingerprint', () => {
  test('stays when conditions, other repositories and the time change', () => {
    const first = fingerprint('ECR-XACCT-PULL', open());
    const later = fingerprint('ECR-XACCT-PULL', {
      ...open({ Bool: { 'aws:SecureTransport': 'true' } }),
      takenAt: '2026-11-23T12:00:00Z',
    });
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(later).toBe(first);
  });

  test('stays when somebody holds more, and is another one for a role that was made again', () => {
    const first = fingerprint('ECR-ADMIN-GRANT', admin('AROAFIRSTEXAMPLE00001'));
    const more = { ...admin('AROAFIRSTEXAMPLE00001'), repositories: { 'prod/app': null, 'prod/other': null } };
    expect(fingerprint('ECR-ADMIN-GRANT', more)).toBe(first);
    expect(fingerprint('ECR-ADMIN-GRANT', admin('AROASECONDEXAMPLE0001'))).not.toBe(first);
  });

  test('is one for each finding', () => {
    const { findings } = judge({ scene: { ...open(), ...admin('AROAFIRSTEXAMPLE00001'), calls: [] }, before: {} });
    expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(findings.length);
  });
});

describe('production', () => {
  const tools: Scene = {
    repositories: { tools: [{ Effect: 'Allow', Principal: { AWS: STRANGER }, Action: pull }] },
  };

  test('is told by patterns of names, by tags, and by words in names where nothing is said', () => {
    expect(severities(tools, {})).toEqual(['medium']);
    expect(severities(open(), {})).toEqual(['high']);
    expect(severities(tools, { production: { patterns: ['too*'], tags: {} } })).toEqual(['high']);
    const tagged = { ...tools, tags: { tools: { stage: 'live' } } };
    expect(severities(tagged, { production: { patterns: [], tags: { stage: 'live' } } })).toEqual(['high']);
    expect(severities(open(), { production: { patterns: [], tags: { stage: 'live' } } })).toEqual(['medium']);
  });

  test('counts what could not be told as production, where tags choose', () => {
    const parts = partsOf(tools).filter(({ path }) => !path.endsWith('repository-tags.json'));
    const settings = { ...noSettings, production: { patterns: [], tags: { stage: 'live' } } };
    const input = findingInput({ snapshot: assembleSnapshot(parts), parts }, { before: null, settings });
    expect(findFindings(input, (text) => text).findings).toContainEqual(
      expect.objectContaining({ ruleId: 'ECR-XACCT-PULL', severity: 'high' }),
    );
  });
});

describe('what was not read', () => {
  const scene: Scene = {
    ...admin('AROAFIRSTEXAMPLE00001'),
    ...open(),
    registryPolicy: [{ Effect: 'Allow', Principal: { AWS: STRANGER }, Action: 'ecr:ReplicateImage', Resource: '*' }],
    calls: [{ name: 'BatchGetImage', daysAgo: 3 }],
  };
  const whole = partsOf(scene);
  const judgeParts = (parts: typeof whole) =>
    findFindings(
      findingInput({ snapshot: assembleSnapshot(parts), parts }, { before: null, settings: noSettings }),
      (text) => text,
    );
  const complete = judgeParts(whole);
  const paths = whole.map(({ path }) => path).filter((path) => path !== 'snapshot.json');

  test.each(paths)(
    '%s: whatever is found without it is doubtful, graver for lack of knowledge, or about what is missing',
    (path) => {
      const { findings } = judgeParts(whole.filter((part) => part.path !== path));
      const known = new Set(complete.findings.map(({ fingerprint }) => fingerprint));
      const certain = findings.filter(
        ({ ruleId, fingerprint, doubts }) => ruleId !== 'ECR-BLIND' && !known.has(fingerprint) && doubts.length === 0,
      );
      expect(certain).toEqual([]);
    },
  );

  test.each(paths)('%s: nothing that was found is gone without a word', (path) => {
    const { findings, notJudged } = judgeParts(whole.filter((part) => part.path !== path));
    const still = new Set(findings.map(({ fingerprint }) => fingerprint));
    const unjudged = new Set(notJudged.map(({ ruleId }) => ruleId));
    const gone = complete.findings.filter(
      ({ fingerprint, ruleId }) => !still.has(fingerprint) && !unjudged.has(ruleId) && ruleId !== 'ECR-BLIND',
    );
    const isTold = findings.some(({ ruleId, accountId }) => ruleId === 'ECR-BLIND' && accountId === A);
    expect(gone.length === 0 || isTold).toBe(true);
  });

  test('rules that have nothing to judge by are named, and find nothing', () => {
    const { findings, notJudged } = judge({ scene: {} });
    const needy = RULES.filter(({ needs }) => needs !== undefined).map(({ id }) => id);
    expect(notJudged.map(({ ruleId }) => ruleId)).toEqual(needy);
    expect(findings.filter(({ ruleId }) => needy.includes(ruleId))).toEqual([]);
  });
});

describe('the rules', () => {
  test('have an id of their own, and are no graver outside production', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const { id, severity, outsideProduction } of RULES) {
      expect(id).toMatch(/^ECR-[A-Z]+(?:-[A-Z]+)*$/);
      expect(isAtLeast(severity, outsideProduction)).toBe(true);
    }
  });

  test('come with the gravest findings first', () => {
    const { findings } = judge({ scene: { ...open(), ...admin('AROAFIRSTEXAMPLE00001') } });
    const ranks = findings.map(({ severity }) => SEVERITIES.indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  test('names and patterns that look like regular expressions are names and patterns', () => {
    const hostile = '(a+)+$';
    const scene = admin('AROAFIRSTEXAMPLE00001', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
    expect(
      found('ECR-ADMIN-GRANT', { scene, settings: { administrators: [hostile, `${'*a'.repeat(200)}b`] } }),
    ).toHaveLength(1);
  });
});
