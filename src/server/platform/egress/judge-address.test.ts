import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAddressJudge } from './judge-address.ts';

const judge = createAddressJudge([]);

test('nothing public is reached when only allowed ranges may be', () => {
  const closed = createAddressJudge(['127.0.0.1/32'], { reachesPublic: false });
  expect(['1.1.1.1', '2606:4700:4700::1111', '127.0.0.2', '10.0.0.1'].map(closed)).toEqual(Array(4).fill('refused'));
  expect(closed('127.0.0.1')).toBe('allowed');
});

describe('addresses', () => {
  test.each(
    [
      '0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254',
      '172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9',
      '224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255',
      ':: ::1 ::7f00:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 ::ffff:169.254.169.254',
      '64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::',
      '3fff::1 5f00::1 fc00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::1%lo fec0::1 ff02::1 ff0e::1 4000::1',
    ].flatMap((line) => line.split(' ')),
  )('%s is refused', (address) => {
    expect(judge(address)).toBe('refused');
  });

  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.32.0.1',
    '2606:4700:4700::1111',
    '::ffff:1.1.1.1',
    '64:ff9b::808:808',
  ])('%s is public', (address) => {
    expect(judge(address)).toBe('public');
  });

  test.each(['', 'localhost', '1.2.3', '1.2.3.4.5', '1::2::3', '127.0.0.1/8', 'not an address', '999.1.1.1'])(
    'what is no address is refused: %j',
    (text) => {
      expect(judge(text)).toBe('refused');
    },
  );

  test('only what the operator allows is allowed, however it is written', () => {
    const lenient = createAddressJudge(['192.168.7.0/24', 'fd00:7::/32', '10.1.1.1']);
    expect(lenient('192.168.7.20')).toBe('allowed');
    expect(lenient('::ffff:192.168.7.20')).toBe('allowed');
    expect(lenient('fd00:7::5')).toBe('allowed');
    expect(lenient('10.1.1.1')).toBe('allowed');
    expect(lenient('192.168.8.20')).toBe('refused');
    expect(lenient('fd00:8::5')).toBe('refused');
    expect(lenient('10.1.1.2')).toBe('refused');
    expect(lenient('1.1.1.1')).toBe('public');
  });

  test('agrees with an independent block list on any IPv4 address, also inside an IPv6 one', () => {
    const blocked = new BlockList();
    for (const block of '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3'.split(
      ' ',
    )) {
      const [start = '', bits] = block.split('/');
      blocked.addSubnet(start, Number(bits));
    }
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const expected = blocked.check(address) ? 'refused' : 'public';
        expect(judge(address)).toBe(expected);
        expect(judge(`::ffff:${address}`)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
