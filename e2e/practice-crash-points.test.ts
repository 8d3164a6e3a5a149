import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { crashPoints } from '#server/features/publishing/index.ts';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { openPracticeShop } from './practice.ts';
import { type Installation, makeInstallation, openClient, type Product, signUpOwnerIn } from './product.ts';

let practice: PracticeServer;
let template: Installation;
let cookie: { name: string; value: string };
let workspaceId: string;

beforeAll(async () => {
  practice = await startPractice();
  template = await makeInstallation();
  const product = await template.start();
  const owner = await signUpOwnerIn(template.url);
  ({ cookie } = owner);
  const bakery = { name: 'Bakery', language: 'en', zone: 'Asia/Bangkok' } as const;
  workspaceId = (await owner.client.workspaces.create(bakery)).id;
  await product.stop();
});
afterAll(async () => {
  template?.remove();
  await practice?.stop();
});

// Most of a run is waiting for a lease or for the time after which absence is proved; the longest waits come first.
vi.setConfig({ maxConcurrency: 6 });
const longest = new Set<string>(['armed', 'before-send', 'before-look']);
const cases = crashPoints
  .flatMap((point) => [
    { kind: 'keyed' as const, point },
    { kind: 'keyless' as const, point },
  ])
  .sort((a, b) => Number(longest.has(b.point)) - Number(longest.has(a.point)));

describe.concurrent('kill -9 in the middle of a publish to the practice network', { timeout: 240_000 }, () => {
  it.for(cases)(
    'at "$point" on a $kind account: exactly one post stands in the network’s ledger and ours agrees',
    async ({ kind, point }, { expect }) => {
      const installation = await template.copy();
      // A look is only taken after an outcome became unknown: the first crash makes it so, the second is the one meant.
      const isLook = point === 'before-look' || point === 'looked';
      const running: Product[] = [];
      const start = async (settings?: Record<string, string>) => {
        const product = await installation.start(settings);
        running.push(product);
        return product;
      };
      try {
        const doomed = await start({ TEST_CRASH_AT: isLook ? 'sent' : point });
        const client = openClient(installation.url, cookie);
        const shop = openPracticeShop({ client, workspaceId, practice });
        const channel = await shop.openChannel(`${point}-${kind}`, kind);
        const postId = await channel.publish(`Bread (${point})`);
        expect(await doomed.ended).toBe('SIGKILL');
        if (isLook) expect(await (await start({ TEST_CRASH_AT: point })).ended).toBe('SIGKILL');
        await start();
        const delivery = await channel.untilState(postId, 'published', 120_000);
        expect(channel.accepted()).toEqual([`Bread (${point})`]);
        expect(delivery.parts[0]?.remoteId).toBe(practice.readLedger(channel.account.handle)[0]?.post);
      } finally {
        for (const product of running) await product.kill();
        installation.remove();
      }
    },
  );
});
