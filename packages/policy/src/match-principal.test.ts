import { describe, expect, test } from 'vitest';

import type { PrincipalEntry } from './document.ts';
import { matchPrincipal, type RequestPrincipal } from './match-principal.ts';

const OURS = '111122223333';
const OTHER = '222233334444';

const base = {
  partition: 'aws',
  accountId: OURS,
  sessionArn: null,
  uniqueId: null,
  hasPermissionsBoundary: false,
  federatedProvider: null,
} as const;
const user: RequestPrincipal = { ...base, kind: 'user', arn: `arn:aws:iam::${OURS}:user/alice`, uniqueId: 'AIDAALICE' };
const role: RequestPrincipal = { ...base, kind: 'role', arn: `arn:aws:iam::${OURS}:role/build/ci`, uniqueId: 'AROACI' };
const sessionArn = `arn:aws:sts::${OURS}:assumed-role/ci/run-1`;
const session: RequestPrincipal = { ...role, sessionArn };
/** A session whose role was not read: only the ARN of the session is known. */
const bareSession: RequestPrincipal = { ...role, arn: sessionArn, sessionArn, uniqueId: null };
const federated: RequestPrincipal = { ...session, federatedProvider: 'accounts.google.com' };
const root: RequestPrincipal = { ...base, kind: 'root', arn: `arn:aws:iam::${OURS}:root` };
const outsider: RequestPrincipal = { ...root, kind: 'outsider', accountId: OTHER };
const service: RequestPrincipal = { ...base, kind: 'service', accountId: null, arn: 'lambda.amazonaws.com' };

const federatedUser: RequestPrincipal = {
  ...base,
  kind: 'federatedUser',
  arn: `arn:aws:sts::${OURS}:federated-user/eve`,
};

const everyone: PrincipalEntry = { kind: 'everyone' };
const account: PrincipalEntry = { kind: 'account', accountId: OURS, partition: null };
const arn = (text: string): PrincipalEntry => ({ kind: 'arn', arn: text });
const uniqueId = (id: string): PrincipalEntry => ({ kind: 'uniqueId', id });

describe('Principal names the caller', () => {
  test.each<readonly [string, RequestPrincipal, readonly PrincipalEntry[], string | null]>([
    ['everyone', user, [everyone], 'direct'],
    ['nobody', user, [], null],
    ['a user by its ARN', user, [arn(user.arn)], 'direct'],
    ['a user by its unique id', user, [uniqueId('AIDAALICE')], 'direct'],
    ['a user by its account', user, [account], 'account'],
    ['another user', user, [arn(`arn:aws:iam::${OURS}:user/bob`)], null],
    ['a user in another case', user, [arn(`arn:aws:iam::${OURS}:user/Alice`)], null],
    ['another unique id', user, [uniqueId('AIDABOB')], null],
    ['another account', user, [{ ...account, accountId: OTHER }], null],
    ['its account in its partition', user, [{ ...account, partition: 'aws' }], 'account'],
    ['its account in another partition', user, [{ ...account, partition: 'aws-cn' }], null],
    ['a role by its ARN', role, [arn(role.arn)], 'role'],
    ['the role of a session', session, [arn(role.arn)], 'role'],
    ['a session by its ARN', session, [arn(sessionArn)], 'direct'],
    ['another session', session, [arn(`${sessionArn}2`)], null],
    ['a role by its unique id', session, [uniqueId('AROACI')], 'role'],
    ['the strongest of several', session, [account, arn(sessionArn), arn(role.arn)], 'direct'],
    ['the role before the account', session, [account, arn(role.arn)], 'role'],
    ['a service', service, [{ kind: 'service', name: 'lambda.amazonaws.com' }], 'direct'],
    ['another service', service, [{ kind: 'service', name: 'ecs.amazonaws.com' }], null],
    ['a service that has the name of a user', user, [{ kind: 'service', name: user.arn }], null],
    ['a federated session', federated, [{ kind: 'federated', provider: 'accounts.google.com' }], 'direct'],
    ['another provider', federated, [{ kind: 'federated', provider: 'example.com' }], null],
    ['a canonical user', user, [{ kind: 'canonicalUser', id: 'AIDAALICE' }], null],
    ['a session whose role was not read', bareSession, [arn(sessionArn)], 'direct'],
    ['its role, whatever the path', bareSession, [arn(`arn:aws:iam::${OURS}:role/any/path/ci`)], 'role'],
    ['a role of another name', bareSession, [arn(`arn:aws:iam::${OURS}:role/ci/other`)], null],
    ['a role of another account', bareSession, [arn(`arn:aws:iam::${OTHER}:role/ci`)], null],
    ['a role of another partition', bareSession, [arn(`arn:aws-cn:iam::${OURS}:role/ci`)], null],
    ['a role of another service', bareSession, [arn(`arn:aws:ecr::${OURS}:role/ci`)], null],
    ['a user of that name', bareSession, [arn(`arn:aws:iam::${OURS}:user/ci`)], null],
    ['no ARN at all', bareSession, [arn('ci')], null],
    [
      'a role of that name at another path, where its own is known',
      session,
      [arn(`arn:aws:iam::${OURS}:role/ci`)],
      null,
    ],
    [
      'a role of that very name at another path, where its own is known',
      { ...session, arn: `arn:aws:iam::${OURS}:role/ci` },
      [arn(`arn:aws:iam::${OURS}:role/other/ci`)],
      null,
    ],
    ['a user that has the ARN of a session', { ...bareSession, kind: 'user' }, [arn(role.arn)], null],
  ])('or does not: %s', (_, principal, entries, form) => {
    const expected = form === null ? { kind: 'no' } : { kind: 'yes', form };
    for (const effect of ['Allow', 'Deny'] as const) {
      expect(matchPrincipal({ isNegated: false, entries }, effect, principal)).toEqual(expected);
    }
  });
});

describe('a Deny with NotPrincipal binds everybody', () => {
  const role1 = arn(role.arn);
  const session1 = arn(sessionArn);

  test.each<readonly [boolean, string, RequestPrincipal, readonly PrincipalEntry[]]>([
    [true, 'a user who is not listed', user, [account]],
    [false, 'a user who is listed', user, [arn(user.arn)]],
    [true, 'a listed user with a permissions boundary', { ...user, hasPermissionsBoundary: true }, [arn(user.arn)]],
    [false, 'anybody where everyone is listed', user, [everyone]],
    [false, 'a session where everyone is listed', session, [everyone]],
    [false, 'a session where everyone is listed beside others', session, [arn(user.arn), everyone]],
    [true, 'a federated user who is not listed', federatedUser, [account]],
    [false, 'a federated user who is listed', federatedUser, [arn(federatedUser.arn)]],
    [true, 'a bound user where everyone is listed', { ...user, hasPermissionsBoundary: true }, [everyone]],
    [true, 'a session of whom the role is not listed', session, [account, session1]],
    [true, 'a session of whom the account is not listed', session, [role1, session1]],
    [true, 'a session that is not listed itself', session, [account, role1]],
    [false, 'a session with its role and account', session, [account, role1, session1]],
    [true, 'a role under a name that no policy names', role, [account, role1]],
    [true, 'a root user whose account is not listed', root, [{ ...account, accountId: OTHER }]],
    [false, 'a root user whose account is listed', root, [account]],
    [false, 'a root user who is listed', root, [arn(root.arn)]],
    [true, 'an outsider of an account that is not listed', outsider, [account]],
    [false, 'an outsider of an account that is listed', outsider, [{ ...account, accountId: OTHER }]],
    [true, 'a service that is not listed', service, [account]],
    [false, 'a service that is listed', service, [{ kind: 'service', name: 'lambda.amazonaws.com' }]],
  ])('%s: %s', (isBound, _, principal, entries) => {
    expect(matchPrincipal({ isNegated: true, entries }, 'Deny', principal)).toEqual(
      isBound ? { kind: 'yes', form: 'direct' } : { kind: 'no' },
    );
  });
});

test.each([
  [false, 'its account', account],
  [false, 'its role', arn(role.arn)],
  [true, 'somebody else', arn(user.arn)],
])('an Allow with NotPrincipal may allow a caller: %s where it lists %s', (mayAllow, _, entry) => {
  expect(matchPrincipal({ isNegated: true, entries: [entry] }, 'Allow', session)).toEqual(
    mayAllow ? { kind: 'yes', form: 'direct' } : { kind: 'no' },
  );
});
