import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BlueskyServer, startBluesky, type TestAccount } from '#test/servers/bluesky/index.ts';
import { likeAndAnswer } from './like-and-answer.ts';
import { until } from './product.ts';
import { type Desk, makeDesk } from './run-command.ts';
import { useProduct } from './use-product.ts';

let bluesky: BlueskyServer;
let bakery: TestAccount;
let regular: TestAccount;
let desk: Desk;

beforeAll(async () => {
  bluesky = await startBluesky();
  bakery = await bluesky.createAccount('bakery');
  regular = await bluesky.createAccount('benno');
});
afterAll(() => bluesky?.stop());

const product = useProduct();

beforeAll(() => {
  desk = makeDesk({ GOALPOST_SERVER: product.url });
});
afterAll(() => desk?.remove());

type Post = { id: string; state: string; deliveries: { id: string; state: string; address: string | null }[] };
const words = 'Fresh sourdough at seven. Who comes? #bread';
let goalId = '';
let channelId = '';
let post: Post;
let deliveryId = '';

/** One business's first day without a browser; each step stands on the one before. */
describe('the loop by command line alone', { timeout: 120_000 }, () => {
  it('begins with nothing: who has no key is told so', async () => {
    const { code, err } = await desk.run(['goals', 'list', '--workspace', crypto.randomUUID(), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(err)).toMatchObject({ code: 'signed-out', status: 401 });
  });

  it('signs the first person up, opens the workspace, and keeps a key that only its owner can read', async () => {
    const login = await desk.ask<{ file: string; workspace: string }>(
      [
        ...['login', '--sign-up', '--name', 'Mali', '--email', 'mali@bakery.example', '--password-stdin'],
        ...['--new-workspace', 'Mali’s Bakery', '--zone', 'Asia/Bangkok'],
      ],
      { stdin: 'sourdough at seven\n' },
    );
    expect(login.workspace).toBe('Mali’s Bakery');
    expect(statSync(login.file).mode & 0o777).toBe(0o600);
    expect(await desk.ask(['me', 'get'])).toMatchObject({ name: 'Mali', workspaces: [{ role: 'owner' }] });
  });

  it('says what the business wants, and sets a goal with a number', async () => {
    const objective = await desk.ask<{ id: string }>(['objectives', 'create', '--title', 'Fill the quiet mornings']);
    const goal = await desk.ask<{ id: string }>([
      ...['goals', 'create', '--title', 'More people who talk with us', '--metric', 'engagement'],
      ...['--target', '20', '--deadline-on', '2027-03-31', '--objective-id', objective.id],
    ]);
    goalId = goal.id;
    expect(await desk.ask(['goals', 'get', goalId])).toMatchObject({
      target: { kind: 'number', value: 20 },
      objectiveId: objective.id,
    });
    const { out } = await desk.run(['goals', 'list']);
    expect(out).toContain('More people who talk with us');
    expect(out).toContain('Mar 31, 2027');
  });

  it('connects a channel, its password by standard input', async () => {
    const channel = await desk.ask<{ id: string }>(['channels', 'create', '--network', 'bluesky', '--name', 'Bakery']);
    channelId = channel.id;
    const connect = (password: string) => ({
      stdin: JSON.stringify({ values: { identifier: bakery.handle, password, server: bluesky.pdsUrl } }),
    });
    const wrong = await desk.run(['channels', 'connect', channelId, '--input', '-', '--json'], connect('not-the-one'));
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.err)).toMatchObject({ code: 'connect-refused' });
    const connected = await desk.ask(['channels', 'connect', channelId, '--input', '-'], connect(bakery.appPassword));
    expect(connected).toMatchObject({ connection: { state: 'connected' } });
  });

  it('writes a post with a picture that serves the goal', async () => {
    const bread = sharp({ create: { width: 1200, height: 800, channels: 3, background: '#b98a4e' } });
    writeFileSync(path.join(desk.folder, 'bread.jpg'), await bread.jpeg().toBuffer());
    post = await desk.ask<Post>([
      ...['posts', 'create', '--text', words, '--image', 'bread.jpg', '--alt', 'A round loaf'],
      ...['--channel', channelId, '--goal', goalId],
    ]);
    expect(post).toMatchObject({ state: 'draft', serves: { kind: 'goal', goalId } });
  });

  it('schedules it by the clock on the wall, and waits until it is live', async () => {
    const soon = Temporal.Now.zonedDateTimeISO('Asia/Bangkok').add({ seconds: 65 }).toPlainDateTime();
    const at = soon.toString({ smallestUnit: 'minute' });
    const live = await desk.ask<Post>(['posts', 'schedule', post.id, '--at', at, '--wait']);
    expect(live.state).toBe('published');
    deliveryId = live.deliveries[0]?.id ?? '';
    const records = await bakery.listPosts();
    expect(records.map(({ value }) => value['text'])).toEqual([words]);
    const { out } = await desk.run(['deliveries', 'list']);
    expect(out).toContain(live.deliveries[0]?.address);
  });

  it('opens the goal’s figure down to the like and the answer', async () => {
    await likeAndAnswer(regular, bakery);
    await until(
      async () => {
        await desk.ask(['analytics', 'refresh', goalId]);
        return desk.ask<{ value: number | null }>(['analytics', 'progress', goalId]);
      },
      ({ value }) => value === 2,
      60_000,
    );
    const evidence = await desk.ask<{ items: object[] }>(['analytics', 'evidence', goalId, '--all']);
    expect(evidence.items).toEqual([expect.objectContaining({ deliveryId, contributed: 2 })]);
    const likes = await desk.ask<{ items: object[] }>(['analytics', 'engagements', deliveryId, '--kind', 'like']);
    expect(likes.items).toEqual([expect.objectContaining({ kind: 'like', actorName: 'Benno' })]);
    const { out } = await desk.run(['analytics', 'engagements', deliveryId]);
    expect(out).toContain('I do!');
  });

  it('does a call that is repeated under its key once', async () => {
    const call = ['objectives', 'create', '--title', 'Sell more cakes', '--idempotency-key', 'cakes-1'];
    const [first, second] = [await desk.ask(call), await desk.ask(call)];
    expect(second).toEqual(first);
  });
});
