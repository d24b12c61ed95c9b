import { describe, expect, test } from 'vitest';

import type { DocumentKind, Statement, Version } from './document.ts';
import { parseStatement } from './parse-statement.ts';
import { Place } from './place.ts';
import type { Token } from './template.ts';

const GOOD = { Effect: 'Allow', Action: 'ecr:PutImage', Resource: '*' };
const PRINCIPAL = { Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' };

function read(input: unknown, kind: DocumentKind = 'identity', version: Version = '2012-10-17'): Statement {
  return parseStatement(input, 3, Place.document(null).at('Statement', 'Statement[3]'), { kind, version });
}

const text = (value: string): Token => ({ kind: 'text', text: value });
const star: Token = { kind: 'star' };
const one: Token = { kind: 'one' };
const username: Token = { kind: 'variable', key: 'aws:username', fallback: null };

test('a statement is read element by element', () => {
  expect(read({ ...GOOD, Sid: 'Push' })).toEqual({
    sid: 'Push',
    index: 3,
    effect: { kind: 'readable', value: 'Allow' },
    principal: null,
    action: {
      kind: 'readable',
      value: { isNegated: false, patterns: [{ prefix: 'ecr', name: [text('putimage')] }] },
    },
    resource: {
      kind: 'readable',
      value: { isNegated: false, patterns: [{ text: '*', template: [star], isShort: false }] },
    },
    conditions: [],
    strayElements: [],
    warnings: [],
  });
  expect(read(PRINCIPAL, 'resource')).toMatchObject({
    sid: null,
    effect: { value: 'Deny' },
    principal: { value: { isNegated: false, entries: [{ kind: 'everyone' }] } },
    resource: null,
  });
});

test('an element may say what it is not about, with one value or several', () => {
  const statement = read({ Effect: 'Deny', NotAction: ['ecr:Get*', 's3:*'], NotResource: ['*', 'arn:aws:s3:::a'] });
  expect(statement.action).toMatchObject({
    value: { isNegated: true, patterns: [{ prefix: 'ecr' }, { prefix: 's3' }] },
  });
  expect(statement.resource).toMatchObject({
    value: { isNegated: true, patterns: [{ text: '*' }, { isShort: false }] },
  });
  const { principal } = read({ ...PRINCIPAL, Principal: undefined, NotPrincipal: { AWS: '*' } }, 'resource');
  expect(principal).toMatchObject({ value: { isNegated: true, entries: [{ kind: 'everyone' }] } });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
describe('an action is a service, and a name that takes wildcards:', () => {
  test.each<readonly [string, string | null, readonly Token[]]>([
    ['*', null, [star]],
    ['*:*', null, [star]],
    ['ECR:Get?pload*', 'ecr', [text('get'), one, text('pload'), star]],
    ['ecr:*', 'ecr', [star]],
    ['ecr:', 'ecr', []],
    [':*', '', [star]],
    ['ecr:a:b', 'ecr', [text('a:b')]],
    // Neither a wildcard in the service nor a variable is one.
    ['*:Put*', '*', [text('put'), star]],
    ['ecr:${aws:username}', 'ecr', [text('${aws:username}')]],
  ])('`%s`', (action, prefix, name) => {
    expect(read({ ...GOOD, Action: action }).action).toEqual({
      kind: 'readable',
      value: { isNegated: false, patterns: [{ prefix, name }] },
    });
  });

  test.each(['', 'ecr', '**', '*PutImage'])('`%s` is none', (action) => {
    expect(read({ ...GOOD, Action: ['ecr:*', action] }).action).toEqual({
      kind: 'unreadable',
      problem: { place: 'Statement[3].Action', message: `holds \`${action}\`: expected \`service:Action\` or \`*\`` },
    });
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
describe('a resource is an ARN with wildcards, but for its service, and with variables after the fifth colon:', () => {
  test.each<readonly [string, readonly Token[], boolean]>([
    ['*', [star], false],
    ['**', [star, star], true],
    ['arn:aws:s3:::a', [text('arn:aws:s3:::'), text('a')], false],
    ['arn:aws:s3:::', [text('arn:aws:s3:::')], false],
    [
      'arn:aws:ecr:*:?:repository/${aws:username}/*',
      [text('arn:aws:ecr:'), star, text(':'), one, text(':'), text('repository/'), username, text('/'), star],
      false,
    ],
    ['arn:aws:ecr:${a}:1:x:y', [text('arn:aws:ecr:${a}:1:'), text('x:y')], false],
    // With fewer colons it is short, and has no place for variables.
    ['arn:aws:ecr:*', [text('arn:aws:ecr:'), star], true],
    ['arn:aws:ecr:1:${aws}', [text('arn:aws:ecr:1:${aws}')], true],
    ['arn:*', [text('arn:'), star], true],
    ['arn', [text('arn')], true],
    // Wildcards in the service are characters like any other there, so that nothing matches.
    ['arn:aws:e*:*:1:x?', [text('arn:aws:'), text('e*'), text(':'), star, text(':1:'), text('x'), one], false],
    ['arn:*:ec?:r:1:x', [text('arn:'), star, text(':'), text('ec?'), text(':r:1:'), text('x')], false],
    ['arn:aws:e*', [text('arn:aws:e*')], true],
    ['arn:aws:*', [text('arn:aws:*')], true],
  ])('`%s`', (resource, template, isShort) => {
    expect(read({ ...GOOD, Resource: resource }).resource).toEqual({
      kind: 'readable',
      value: { isNegated: false, patterns: [{ text: resource, template, isShort }] },
    });
  });

  test.each(['', 'app', '*app', 'a*', 'urn:aws:ecr:r:1:x', ' *'])('`%s` is none', (resource) => {
    expect(read({ ...GOOD, Resource: ['*', resource] }).resource).toEqual({
      kind: 'unreadable',
      problem: { place: 'Statement[3].Resource', message: `holds \`${resource}\`: expected an ARN or \`*\`` },
    });
  });

  test('under Version 2008-10-17 a variable is text', () => {
    const resource = 'arn:aws:ecr:r:1:${aws:username}';
    expect(read({ ...GOOD, Resource: resource }, 'identity', '2008-10-17').resource).toMatchObject({
      value: { patterns: [{ template: [text('arn:aws:ecr:r:1:'), text('${aws:username}')] }] },
    });
    expect(read({ ...GOOD, Resource: resource }).resource).toMatchObject({
      value: { patterns: [{ template: [text('arn:aws:ecr:r:1:'), username] }] },
    });
  });
});

describe('a statement that is no object', () => {
  const broken = { kind: 'unreadable', problem: { place: 'Statement[3]', message: 'is `5`: expected an object' } };
  const rest = { sid: null, index: 3, resource: null, conditions: [], strayElements: [], warnings: [] };

  test('may be anything, and about anybody where it can name somebody', () => {
    expect(read(5)).toEqual({ ...rest, effect: broken, action: broken, principal: null });
    expect(read(5, 'resource')).toEqual({ ...rest, effect: broken, action: broken, principal: broken });
  });
});

describe('a statement is stray', () => {
  test.each<readonly [string, object, readonly string[]]>([
    ['with an element that IAM does not know', { ...PRINCIPAL, Conditions: {} }, ['Statement[3].Conditions']],
    ['with a Sid that is no text', { ...PRINCIPAL, Sid: 5 }, ['Statement[3].Sid']],
    [
      'with NotPrincipal beside Allow',
      { ...PRINCIPAL, Effect: 'Allow', Principal: undefined, NotPrincipal: '*' },
      ['Statement[3].NotPrincipal'],
    ],
    ['not with NotPrincipal beside Deny', { ...PRINCIPAL, Principal: undefined, NotPrincipal: '*' }, []],
    ['not with Principal beside Allow', { ...PRINCIPAL, Effect: 'Allow' }, []],
  ])('%s', (_title, input, places) => {
    expect(read(input, 'resource').strayElements.map(({ place }) => place)).toEqual(places);
  });
});

describe('what is written as a pattern where it is none is warned of:', () => {
  const wildAction = 'which matches nothing: expected a service prefix without wildcards';
  const wildService = 'which matches nothing: expected a service without wildcards';
  test.each<readonly [object, readonly (readonly [string, string])[]]>([
    [
      { Action: ['ecr:*', 'e*:*', '?:x'] },
      [
        ['Action', `\`e*:*\`, ${wildAction}`],
        ['Action', `\`?:x\`, ${wildAction}`],
      ],
    ],
    [{ Action: undefined, NotAction: '*:Get' }, [['NotAction', `\`*:Get\`, ${wildAction}`]]],
    [{ Resource: 'arn:aws:e*:r:1:x' }, [['Resource', `\`arn:aws:e*:r:1:x\`, ${wildService}`]]],
    [{ Resource: undefined, NotResource: ['*', 'arn:aws:?'] }, [['NotResource', `\`arn:aws:?\`, ${wildService}`]]],
    [{ Action: ['*:*', '*', '**', 'ecr:?', 5] }, []],
    [{ Resource: ['arn:*:ecr:*:*:*', 'urn:aws:e*', '*:*:*'] }, []],
  ])('%j', (changes, expected) => {
    expect(read({ ...GOOD, ...changes }).warnings).toEqual(
      expected.map(([name, message]) => ({ place: `Statement[3].${name}`, message: `holds ${message}` })),
    );
  });
});
