import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DebianPostgres, hasDebianPostgres, startDebianPostgres } from '#test/servers/debian-postgres/index.ts';
import { type Client, type Installation, makeInstallation, type Product, signUpOwner, until } from './product.ts';

describe.runIf(hasDebianPostgres())("web and workers as processes of their own on Debian's PostgreSQL 15", () => {
  let postgres: DebianPostgres;
  let web: Installation;
  const products: Product[] = [];
  let client: Client;
  let workspaceId = '';
  let pageChannel = '';
  const settings = (roles: string) => ({
    ROLES: roles,
    DATA_DIR: web.dataDir,
    DATABASE_URL: postgres.url('goalpost', 'secret', 'goalpost'),
  });
  let face: Product;
  let worker: Product;
  const start = async (roles: string) => {
    const product = await web.start(settings(roles));
    products.push(product);
    return product;
  };
  const health = async () => {
    const response = await fetch(`${web.url}/health`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const publish = async (text: string) => {
    const content = { parts: [{ text, media: [], link: null }] };
    const draft = await client.posts.create({ workspaceId, content, variants: [{ channelId: pageChannel }] });
    await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
    return draft.id;
  };
  const untilPublished = (postId: string, withinMs = 40_000) =>
    until(
      () => client.posts.get({ workspaceId, postId }),
      ({ state }) => state === 'published',
      withinMs,
    );

  beforeAll(async () => {
    postgres = await startDebianPostgres();
    await postgres.asAdmin([
      `CREATE ROLE goalpost LOGIN CREATEROLE PASSWORD 'secret'`,
      'CREATE DATABASE goalpost OWNER goalpost',
    ]);
    web = await makeInstallation();
  });
  afterAll(async () => {
    for (const product of products) await product.kill();
    web?.remove();
    await postgres?.remove();
  });

  it('wait for a database that is not there yet, red meanwhile, and come up with it', async () => {
    await postgres.stop();
    const starting = Promise.all([start('web'), start('worker')]);
    const red = await until(health, ({ status }) => status === 503, 60_000);
    expect(red.body).toEqual({ ok: false, starting: true });
    await postgres.start();
    [face, worker] = await starting;
    expect(face.output()).toMatch(/Waiting for the database at 127\.0\.0\.1:\d+\/goalpost \(.*ECONNREFUSED/);
    expect(face.output()).not.toContain('secret');
    const green = await until(health, ({ status }) => status === 200, 40_000);
    expect(green.body).toMatchObject({ ok: true, database: 'reached', workers: 1 });
  });

  it('publish in the worker what was posted in the web process', async () => {
    client = await signUpOwner(web.url);
    ({ id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'UTC' }));
    ({ channelId: pageChannel } = await client.page.open({ workspaceId, address: 'bakery', title: 'Bakery' }));
    await untilPublished(await publish('Fresh bread'));
  });

  it('go on when one of two workers is killed: each post once', async () => {
    const second = await start('worker');
    await until(health, ({ body }) => body['workers'] === 2, 40_000);
    const first = [];
    for (let n = 0; n < 4; n += 1) first.push(await publish(`Loaf ${n} of today`));
    await worker.kill();
    for (let n = 4; n < 8; n += 1) first.push(await publish(`Loaf ${n} of today`));
    for (const postId of first) await untilPublished(postId, 90_000);
    const page = await (await fetch(`${web.url}/p/bakery`)).text();
    for (let n = 0; n < 8; n += 1) expect(page.split(`Loaf ${n} of today`).length - 1, `Loaf ${n}`).toBe(1);
    expect(second.output()).not.toContain('"level":"fatal"');
  });

  it('are red while the database is away, and go on by themselves when it is back', async () => {
    await postgres.stop();
    const red = await until(health, ({ body }) => body['database'] === 'not-reached', 40_000);
    expect(red.status).toBe(503);
    await postgres.start();
    await until(health, ({ status }) => status === 200, 90_000);
    await untilPublished(await publish('Bread after the power cut'));
  });

  it('publish what was due within five seconds, in a worker that was there before the database', async () => {
    // In the order in which they were ready, which is not always that of their names.
    for (const product of products) if (product !== face) await product.stop();
    const postId = await publish('Bread from before');
    await postgres.stop();
    const early = start('worker');
    await until(health, ({ body }) => body['database'] === 'not-reached', 40_000);
    const probe = async (name: string) => (await fetch(`${web.url}/health/${name}`)).status;
    expect([await probe('ready'), await probe('live')]).toEqual([503, 200]);
    await postgres.start();
    await early;
    // Until then it is the machine that starts a process.
    const upAt = performance.now();
    await until(
      () => client.posts.get({ workspaceId, postId }).catch(() => ({ state: 'not known' })),
      ({ state }) => state === 'published',
      30_000,
    );
    expect(performance.now() - upAt).toBeLessThan(5_000);
    await until(health, ({ status }) => status === 200, 40_000);
    expect(await probe('ready')).toBe(200);
    expect(face.output()).not.toContain('"level":"fatal"');
  });
});
