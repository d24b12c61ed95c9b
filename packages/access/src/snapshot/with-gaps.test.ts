import { expect, it } from 'vitest';
import type { CollectionGap } from './gap.ts';
import { withGaps } from './with-gaps.ts';

const gap: CollectionGap = {
  accountId: '111122223333',
  region: null,
  source: 'iam:GetAccountAuthorizationDetails',
  resource: null,
  reason: 'accessDenied',
  message: 'cannot read IAM: access denied',
};
const region = { ...gap, region: 'eu-west-1', source: 'ecr:GetRepositoryPolicy' };

it('adds recorded gaps to the manifest, each once, and leaves every other part alone', () => {
  const manifest = { path: 'snapshot.json', content: JSON.stringify({ formatVersion: 1, gaps: [gap] }) };
  const other = { path: 'organization.json', content: '{}' };
  const [changed, same] = withGaps([manifest, other], [{ ...gap, message: 'again' }, region]);
  expect(changed?.path).toBe('snapshot.json');
  expect(JSON.parse(changed?.content ?? '')).toEqual({ formatVersion: 1, gaps: [gap, region] });
  expect(same).toBe(other);
});

it.each(['', '[', 'null', '[]', '{}', '{"gaps":{}}', '{"gaps":[7]}'])(
  'leaves the manifest `%s` for the assembly to refuse',
  (content) => {
    expect(withGaps([{ path: 'snapshot.json', content }], [gap])).toEqual([{ path: 'snapshot.json', content }]);
  },
);
