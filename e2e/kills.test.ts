import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findProcessesOf, killTree } from './processes.ts';
import { type Client, type Installation, makeInstallation, type Product, signUpOwner, until } from './product.ts';

/** `GOALPOST_TEST_KILLS=10` runs ten of each kind, as before a release; three are enough to see that nothing broke. */
const kills = Number(process.env['GOALPOST_TEST_KILLS'] ?? 3);

let installation: Installation;
let product: Product | null = null;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(async () => {
  await product?.stop();
  product = null;
  installation.remove();
});

/** Lists every objective there is, as titles. */
async function listTitles(client: Client, workspaceId: string): Promise<Set<string>> {
  const titles = new Set<string>();
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const page = await client.objectives.list({ workspaceId, ...(cursor ? { cursor } : {}) });
    for (const { title } of page.items) titles.add(title);
    cursor = page.next;
  }
  return titles;
}

it.each(Array.from({ length: kills }, (_, n) => n + 1))(
  'kill -9 of everything during the first start, number %i: the next start comes up by itself',
  async () => {
    const child = installation.launch();
    child.stderr.pipe(process.stderr);
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    // Before that it is not Goalpost yet, but Node reading it.
    await until(async () => readdirSync(installation.dataDir).length, Boolean, 30_000);
    const afterMs = Math.round(Math.random() * 5_000);
    await sleep(afterMs);
    killTree(child.pid ?? 0, installation.dataDir);
    await once(child, 'exit');
    process.stdout.write(`killed after ${afterMs} ms: ${JSON.stringify(said.trim().split('\n').at(-1))}\n`);
    product = await installation.start();
    const client = await signUpOwner(installation.url);
    const { id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'UTC' });
    expect(await listTitles(client, workspaceId)).toEqual(new Set());
  },
);

it(`${kills} times kill -9 of everything at work: every next start comes up by itself, nothing acknowledged is lost`, {
  timeout: 60_000 * kills,
}, async () => {
  product = await installation.start();
  const client = await signUpOwner(installation.url);
  const { id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'UTC' });
  const acknowledged: string[] = [];
  for (let round = 1; round <= kills; round += 1) {
    let working = true;
    const work = async (hand: number) => {
      for (let n = 0; working; n += 1) {
        const title = `Round ${round}, hand ${hand}, ${n}`;
        try {
          await client.objectives.create({ workspaceId, title });
          acknowledged.push(title);
        } catch {
          // The kill, or the limit of calls.
          await sleep(50);
        }
        await sleep(40);
      }
    };
    const hands = [work(1), work(2), work(3)];
    const before = acknowledged.length;
    await until(
      async () => acknowledged.length,
      (count) => count > before,
      20_000,
    );
    await sleep(Math.random() * 2_000);
    killTree(product.pid, installation.dataDir);
    working = false;
    await Promise.all([...hands, product.ended]);
    product = await installation.start();
    const there = await listTitles(client, workspaceId);
    expect(acknowledged.filter((title) => !there.has(title))).toEqual([]);
    process.stdout.write(`round ${round}: ${acknowledged.length} acknowledged, ${there.size} there\n`);
  }
  await product.stop();
  expect(findProcessesOf(installation.dataDir)).toEqual([]);
});
