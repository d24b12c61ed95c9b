import { describe, expect, test } from 'vitest';

import { parseIpRange, rangeContains } from './ip.ts';

describe('parseIpRange', () => {
  test.each<readonly [string, number, bigint, number]>([
    ['10.0.0.0/8', 32, 0x0a_00_00_00n, 8],
    ['10.1.2.3', 32, 0x0a_01_02_03n, 32],
    ['0.0.0.0/0', 32, 0n, 0],
    ['255.255.255.255', 32, 0xff_ff_ff_ffn, 32],
    ['::', 128, 0n, 128],
    ['::1', 128, 1n, 128],
    ['::/0', 128, 0n, 0],
    ['2001:db8::/32', 128, 0x2001_0db8_0000_0000_0000_0000_0000_0000n, 32],
    ['2001:DB8:0:0:0:0:0:1', 128, 0x2001_0db8_0000_0000_0000_0000_0000_0001n, 128],
    ['1:2:3:4:5:6:7::', 128, 0x0001_0002_0003_0004_0005_0006_0007_0000n, 128],
    ['::ffff:10.0.0.1', 128, 0xffff_0a00_0001n, 128],
    ['1:2:3:4:5:6:10.0.0.1', 128, 0x0001_0002_0003_0004_0005_0006_0a00_0001n, 128],
  ])('reads %s', (text, bits, address, prefixLength) => {
    expect(parseIpRange(text)).toEqual({ bits, address, prefixLength });
  });

  test.each([
    '',
    '10',
    '10.0.0',
    '10.0.0.0.0',
    '10.0.0.256',
    '10.0.0.-1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/ 8',
    ' 10.0.0.0',
    '10.0.0.x',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7:8::9::a',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    '::g',
    '::/129',
    '1.2.3.4::',
    '1.2.3.4:5::',
    '::1.2.3.4:5',
    'fe80::1%eth0',
    'vpce-1',
  ])('refuses `%s`', (text) => {
    expect(parseIpRange(text)).toBeNull();
  });
});

describe('rangeContains', () => {
  test.each<readonly [string, string, boolean]>([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.1.2.3/8', '10.200.0.1', true],
    ['10.0.0.0/8', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.0.0.0/8', false],
    ['10.0.0.1', '10.0.0.1/32', true],
    ['0.0.0.0/0', '203.0.113.7', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '10.0.0.1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
  ])('%s holds %s: %s', (outer, inner, expected) => {
    const [left, right] = [parseIpRange(outer), parseIpRange(inner)];
    expect(left !== null && right !== null && rangeContains(left, right)).toBe(expected);
  });
});
