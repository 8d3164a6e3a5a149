import { createServer, type Server } from 'node:net';

/** What names lead to, as an attacker's name server tells it; any other name leads to 127.0.0.1. */
export const hostileNames: Record<string, string[]> = {
  'loopback.test': ['127.0.0.1'],
  'loopback6.test': ['::1'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'one-private.test': ['93.184.215.14', '127.0.0.1'],
  'private-first.test': ['127.0.0.1', '93.184.215.14'],
  'private-six.test': ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::1'],
  'many.test': [...Array.from({ length: 30 }, (_, i) => `93.184.215.${i + 1}`), '127.0.0.1'],
  'metadata.internal': ['169.254.169.254'],
  'metadata.google.internal': ['169.254.169.254'],
  'instance-data.test': ['fd00:ec2::254'],
  'kubernetes.default.svc': ['10.96.0.1'],
  'host.docker.internal': ['172.17.0.1'],
  'router.lan': ['192.168.1.1'],
  'printer.local': ['169.254.7.7'],
  'carrier.test': ['100.64.0.1'],
  'nat64.test': ['64:ff9b::7f00:1'],
  'six-to-four.test': ['2002:7f00:1::1'],
  'teredo.test': ['2001:0:7f00:1::'],
  'unique-local.test': ['fd12:3456:789a::1'],
  'zone.test': ['fe80::1%lo'],
  'multicast.test': ['239.255.255.250'],
  'broadcast.test': ['255.255.255.255'],
  'zero.test': ['0.0.0.0'],
  'zero6.test': ['::'],
  'nothing.test': [],
  'nonsense.test': ['not an address'],
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  LOCALHOST: ['127.0.0.1'],
  'sub.localhost': ['127.0.0.1'],
  'localhost.localdomain': ['127.0.0.1'],
  'xn--lcalhost-54a.test': ['127.0.0.1'],
  '127.0.0.1.nip.test': ['127.0.0.1'],
  '7f000001.rebind.test': ['127.0.0.1'],
};

/** Spellings and addresses that must never be reached, whatever a URL parser makes of them. */
export const hostileHosts: readonly string[] = [
  // Loopback
  '127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 0177.0.0.01 127.0.0.1. 127.255.255.254 127.0.0.2',
  '0x7F.0x0.0x0.0x1 017700000001 0x7f.0.1 127.00000.0.1 00000177.0.0.1 0x000000007f000001 0 0.0.0.0 0x0 00 0.0.0.1',
  // IPv6
  '[::] [::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::127.0.0.1] [::7f00:1] [0::1] [::0:1]',
  '[::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:127.0.0.1] [0:0:0:0:0:ffff:127.0.0.1] [::FFFF:7F00:0001] [::ffff:a00:1]',
  '[::ffff:169.254.169.254] [::ffff:192.168.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::7f00:1] [64:ff9b::10.0.0.1] [2002:7f00:1::] [2002:a9fe:a9fe::1] [2002:c0a8:1::1] [2001:0:7f00:1::]',
  '[2001::1] [2001:10::1] [2001:20::1] [fe80::1] [fe80::7f00:1] [febf::1] [fec0::1] [fc00::1] [fd00:ec2::254] [ff02::1]',
  '[ff05::2] [100::1] [2001:db8::1] [3fff::1] [5f00::1] [4000::1] [::2] [::ffff:0:0] [2620:4f:8000::1]',
  // Private and special IPv4
  '10.0.0.1 10.255.255.255 172.16.0.1 172.17.0.1 172.31.255.255 192.168.0.1 192.168.255.255 100.64.0.1 100.127.255.255',
  '169.254.169.254 169.254.170.2 169.254.0.1 198.18.0.1 198.19.255.255 192.0.0.1 192.0.0.192 192.0.2.1 198.51.100.1',
  '203.0.113.1 192.88.99.1 192.31.196.1 192.52.193.1 192.175.48.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255',
  '2852039166 0xa9fea9fe 025177524776 0xa.1 012.0.0.1 3232235521 0xc0a80001 167772161 192.168.1 10.1',
  // Names and letters that stand for digits and dots
  `${Object.keys(hostileNames).join(' ')} anything.nip.test ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 127｡0｡0｡1 %31%32%37.0.0.1`,
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ locaLhost 𝟏𝟐𝟕.𝟎.𝟎.𝟏 127.0.0.1%00.example.org',
].flatMap((line) => line.split(' '));

/** The attacker's name server. */
export async function resolveHostile(hostname: string): Promise<{ address: string; family: number }[]> {
  const found = hostileNames[hostname] ?? ['127.0.0.1'];
  return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}

/** Listeners on both loopback addresses, on one port, where nothing may ever arrive. */
export interface Canaries {
  port: number;
  /** By the address that was reached. */
  arrivals: Record<'127.0.0.1' | '::1', number>;
  stop(): void;
}

export async function startCanaries(): Promise<Canaries> {
  const arrivals = { '127.0.0.1': 0, '::1': 0 };
  const servers: Server[] = [];
  const listen = (host: keyof typeof arrivals, wanted: number): Promise<number> => {
    const server = createServer((socket) => {
      arrivals[host] += 1;
      socket.destroy();
    });
    servers.push(server);
    return new Promise((done, fail) => {
      server.once('error', fail);
      server.listen(wanted, host, () => {
        const address = server.address();
        done(typeof address === 'object' && address ? address.port : 0);
      });
    });
  };
  const port = await listen('127.0.0.1', 0);
  await listen('::1', port);
  return { port, arrivals, stop: () => servers.forEach((server) => void server.close()) };
}
