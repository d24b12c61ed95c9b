import { expect, test } from 'vitest';

import { help, parseArguments } from './options.ts';

test.each([
  ['ecr:GetRepositoryPolicy', { operation: 'ecr:GetRepositoryPolicy' }],
  ['GetRepositoryPolicy:3', { operation: 'GetRepositoryPolicy', times: 3 }],
  ['ecr:*@eu-west-1', { operation: 'ecr:*', region: 'eu-west-1' }],
  ['*', { operation: '*' }],
  ['iam:*@111122223333', { operation: 'iam:*', accountId: '111122223333' }],
  ['ecr:*+100:5', { operation: 'ecr:*', after: 100, times: 5 }],
  [
    'ecr:ListTagsForResource@eu-west-1=arn:aws:ecr:eu-west-1:111122223333:repository/a:2',
    {
      operation: 'ecr:ListTagsForResource',
      region: 'eu-west-1',
      resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/a',
      times: 2,
    },
  ],
])('the fault %s is read', (text, expected) => {
  const parsed = parseArguments(['--snapshot', 'DIR', '--throttle', text]);
  expect(parsed).toMatchObject({ kind: 'run', run: { faults: [{ kind: 'throttle', ...expected }] } });
});

test.each([
  [[], '--snapshot'],
  [['--snapshot', 'DIR', '--port', 'x'], '--port x'],
  [['--snapshot', 'DIR', '--deny', 'no operation'], 'no operation'],
  [['--snapshot', 'DIR', '--now', 'soon'], '--now soon'],
  [['--snapshot', 'DIR', '--throttle-rate', 's3:1:1'], '--throttle-rate s3:1:1'],
  [['--snapshot', 'DIR', '--unknown'], '--unknown'],
])('the mistake in %j is named', (argv, named) => {
  const parsed = parseArguments(argv);
  expect(parsed).toMatchObject({ kind: 'wrong', message: expect.stringContaining(named) });
});

test('a limit of one service is read, and takes the place of the usual one', () => {
  const parsed = parseArguments(['--snapshot', 'DIR', '--throttling', '--throttle-rate', 'ecr:0.5:3']);
  expect(parsed).toMatchObject({
    run: { throttling: { ecr: { ratePerSecond: 0.5, burst: 3 }, iam: { ratePerSecond: 10 } } },
  });
});

test('help names every option and gives an example', () => {
  expect(parseArguments(['--help'])).toEqual({ kind: 'help' });
  expect(help).toContain('Example:');
  for (const option of ['role-missing', 'external-id', 'delegated-administrator', 'hang', 'reset', 'malformed']) {
    expect(help).toContain(`--${option} `);
  }
});
