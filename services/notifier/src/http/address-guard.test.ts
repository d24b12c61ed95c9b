import { describe, expect, it } from 'vitest';
import { addressGuard, isAddressRange } from './address-guard.ts';

describe('without a range that is allowed', () => {
  const isAllowed = addressGuard([]);
  it.each(['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'])(
    'the private address %s is refused',
    (address) => expect(isAllowed(address)).toBe(false),
  );
  it.each(['169.254.169.254', '169.254.170.2', '169.254.0.1', '100.64.0.1', '100.100.100.200', '192.0.0.192'])(
    'the link-local or metadata address %s is refused',
    (address) => expect(isAllowed(address)).toBe(false),
  );
  it.each(['::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe'])(
    'the address %s is refused',
    (address) => expect(isAllowed(address)).toBe(false),
  );
  it.each(['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:db8::1', '::127.0.0.1'])(
    'the address %s, which stands for another one or for none, is refused',
    (address) => expect(isAllowed(address)).toBe(false),
  );
  it.each(['224.0.0.1', '255.255.255.255', '198.18.0.1', '203.0.113.9', 'localhost', '', '1.2.3'])(
    '%s, which is no address of a host, is refused',
    (address) => expect(isAllowed(address)).toBe(false),
  );
  it.each(['1.1.1.1', '172.32.0.1', '11.0.0.1', '100.128.0.1', '2600:1f18::1', '2a00:1450:4001::1'])(
    'the address of the internet %s is allowed',
    (address) => expect(isAllowed(address)).toBe(true),
  );
});

it('a range that is allowed lets its own addresses through, and no others', () => {
  const isAllowed = addressGuard(['10.1.2.0/24', 'fd00:1::/32']);
  expect(['10.1.2.3', 'fd00:1::9'].map(isAllowed)).toEqual([true, true]);
  expect(['10.1.3.3', 'fd00:2::9', '169.254.169.254', '127.0.0.1', '::1'].map(isAllowed)).not.toContain(true);
});

describe('a range', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['::1/128', true],
    ['10.0.0.0', false],
    ['10.0.0.0/33', false],
    ['::/129', false],
    ['10.0.0.0/8/8', false],
    ['example.com/8', false],
    ['10.0.0.0/', false],
    ['', false],
  ])('is written as %s: %s', (text, isRange) => {
    expect(isAddressRange(text)).toBe(isRange);
  });
});
