import { expect, test } from 'vitest';

import { present } from './context.ts';
import { resolveTemplate } from './template.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
test.each([
  'aws:CalledVia',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalServiceNamesList',
  'aws:ResourceOrgPaths',
  'aws:SourceOrgPaths',
  'aws:TagKeys',
  'aws:VpceOrgPaths',
])('no variable takes its value from %s, which carries a list, even where it has one value', (key) => {
  const variable = [{ kind: 'variable', key: key.toLowerCase(), fallback: 'x' }] as const;
  expect(resolveTemplate(variable, { lookup: () => present('a') })).toEqual({ kind: 'noValue' });
});

test('a variable takes its value from a key that carries one', () => {
  const variable = [{ kind: 'variable', key: 'aws:username', fallback: null }] as const;
  expect(resolveTemplate(variable, { lookup: () => present('a') })).toEqual({
    kind: 'closed',
    template: [{ kind: 'text', text: 'a' }],
  });
});
