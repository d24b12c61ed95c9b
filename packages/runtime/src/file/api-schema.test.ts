import { describe, expect, test } from 'vitest';
import { parseConfiguration } from './load-configuration-file.ts';

const smallest = 'version: 1\norganization: { accounts: own, regions: all }\n';

function read(api: string): unknown {
  return parseConfiguration(`${smallest}api: ${api}\n`, { file: 'a.yaml', environment: {} }).api;
}

function issuer(changes: Readonly<Record<string, unknown>>): string {
  const grants = [{ claim: 'groups', values: ['a'], scope: 'read' }];
  return JSON.stringify({ issuers: [{ issuer: 'https://login.example.com', audiences: ['a'], grants, ...changes }] });
}

describe('what the configuration says of logins', () => {
  test('an issuer needs its address, an audience and a grant, and nothing else', () => {
    expect(read(issuer({}))).toMatchObject({
      authentication: 'on',
      issuers: [
        {
          issuer: 'https://login.example.com',
          algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
          clockToleranceSeconds: 30,
          grants: [{ claim: 'groups', accounts: 'all' }],
        },
      ],
    });
  });

  test('an issuer on this machine may speak without TLS', () => {
    expect(() => read(issuer({ issuer: 'http://127.0.0.1:9000' }))).not.toThrow();
    expect(() => read(issuer({ issuer: 'http://localhost:9000/realms/a' }))).not.toThrow();
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['algorithms[0]', { algorithms: ['none'] }],
    ['algorithms[0]', { algorithms: ['HS256'] }],
    ['algorithms', { algorithms: [] }],
    ['audiences', { audiences: [] }],
    ['grants', { grants: [] }],
    ['issuer', { issuer: 'http://login.example.com' }],
    ['issuer', { issuer: 'https://user:secret@login.example.com' }],
    ['issuer', { issuer: 'https://login.example.com?tenant=a' }],
    ['issuer', { issuer: 'login.example.com' }],
    ['clockToleranceSeconds', { clockToleranceSeconds: 3600 }],
    ['grants[0].scope', { grants: [{ claim: 'groups', values: ['a'], scope: 'root' }] }],
    ['grants[0].values', { grants: [{ claim: 'groups', values: [], scope: 'read' }] }],
    ['grants[0].accounts', { grants: [{ claim: 'groups', values: ['a'], scope: 'read', accounts: [] }] }],
  ])('%s is refused where it is %j', (key, changes) => {
    expect(() => read(issuer(changes))).toThrow(`\`api.issuers[0].${key}\``);
  });

  test.each(['https://a.example.com/', 'a.example.com', '*', 'null', 'file:///tmp'])('%s is no origin', (origin) => {
    expect(() => read(JSON.stringify({ origins: [origin] }))).toThrow('`api.origins[0]`');
  });

  test('the environment says whether there is a login', () => {
    const environment = { ECR_AUDIT_AUTH: 'off' };
    expect(parseConfiguration(smallest, { file: 'a.yaml', environment }).api.authentication).toBe('off');
    expect(() => parseConfiguration(smallest, { file: 'a.yaml', environment: { ECR_AUDIT_AUTH: 'no' } })).toThrow(
      '`ECR_AUDIT_AUTH` cannot be used: expected `on` or `off`',
    );
  });
});
