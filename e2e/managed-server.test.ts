import { Client as PgClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCatalogueBreaches } from '#test/catalogue.ts';
import { type DebianPostgres, hasDebianPostgres, startDebianPostgres } from '#test/servers/debian-postgres/index.ts';
import { makeInstallation, openClient, type Product, signUpOwnerIn, until } from './product.ts';

const here = hasDebianPostgres();
let postgres: DebianPostgres;
const undo: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  if (here) postgres = await startDebianPostgres();
});
afterAll(async () => {
  for (const step of undo.reverse()) await step();
  await postgres?.remove();
});

const keep = (product: Product): Product => {
  undo.push(() => product.kill());
  return product;
};

describe.runIf(here)('a server whose owner login may make no roles', () => {
  it('is told what an administrator must run; with it everything works, within the same walls', async () => {
    await postgres.asAdmin([
      `CREATE ROLE tenant LOGIN NOCREATEROLE PASSWORD 'secret'`,
      'CREATE DATABASE shop OWNER tenant',
    ]);
    // A careful server also keeps the identity of its cluster to itself.
    await postgres.asAdmin(['REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC'], 'shop');
    const installation = await makeInstallation();
    undo.push(() => installation.remove());
    const DATABASE_URL = postgres.url('tenant', 'secret', 'shop');
    const said = await installation.start({ DATABASE_URL }).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(said).toContain('may not make roles');
    expect(said).toContain('GOALPOST_APP_DATABASE_URL');
    const statements = said.split('\n').filter((line) => /^(CREATE|GRANT|ALTER) .*;$/.test(line));
    expect(statements.join('\n')).not.toContain('secret');
    await postgres.asAdmin(statements.map((line) => line.replace('choose one', 'chosen')));

    const APP_DATABASE_URL = postgres.url('shop_app', 'chosen', 'shop');
    const product = keep(await installation.start({ DATABASE_URL, APP_DATABASE_URL }));
    const { client } = await signUpOwnerIn(installation.url);
    const { id: workspaceId } = await client.workspaces.create({ name: 'Shop', language: 'en', zone: 'UTC' });
    const { channelId } = await client.page.open({ workspaceId, address: 'shop', title: 'Shop' });
    const content = { parts: [{ text: 'Open at nine', media: [], link: null }] };
    const draft = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
    await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
    await until(
      () => client.posts.get({ workspaceId, postId: draft.id }),
      ({ state }) => state === 'published',
      40_000,
    );
    const owner = new PgClient({ connectionString: DATABASE_URL });
    await owner.connect();
    const roles = { owner: 'tenant', app: 'shop_app', across: 'shop_across' };
    expect(await findCatalogueBreaches(owner, roles)).toEqual([]);
    const { rows } = await owner.query<{ history: string }>('SELECT history FROM installation');
    expect(rows[0]?.history).toMatch(/^-:[0-9A-F]{8}$/);
    await owner.end();
    await product.stop();
  });

  it('is refused with an app login that no wall would hold, and with a wrong password', async () => {
    await postgres.asAdmin([
      `CREATE ROLE mighty LOGIN SUPERUSER PASSWORD 'secret'`,
      `CREATE ROLE tenant2 LOGIN NOCREATEROLE PASSWORD 'secret'`,
      'CREATE DATABASE shop2 OWNER tenant2',
      'CREATE ROLE shop2_across NOLOGIN',
    ]);
    const installation = await makeInstallation();
    undo.push(() => installation.remove());
    const DATABASE_URL = postgres.url('tenant2', 'secret', 'shop2');
    const withApp = (url: string) => installation.start({ DATABASE_URL, APP_DATABASE_URL: url });
    await expect(withApp(postgres.url('mighty', 'secret', 'shop2'))).rejects.toThrow('mighty is a superuser');
    const wrong = withApp(postgres.url('mighty', 'wrong', 'shop2'));
    await expect(wrong).rejects.toThrow('refused Goalpost: password authentication failed');
  });
});

describe.runIf(here)('a promoted standby', () => {
  it('publishes nothing that was due before: it is held for a person', async () => {
    await postgres.asAdmin([
      `CREATE ROLE goalpost LOGIN CREATEROLE PASSWORD 'secret'`,
      'CREATE DATABASE goalpost OWNER goalpost',
    ]);
    const installation = await makeInstallation();
    undo.push(() => installation.remove());
    const DATABASE_URL = postgres.url('goalpost', 'secret', 'goalpost');
    const before = keep(await installation.start({ DATABASE_URL, ROLES: 'web' }));
    const { client, cookie } = await signUpOwnerIn(installation.url);
    const { id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'UTC' });
    const { channelId } = await client.page.open({ workspaceId, address: 'bakery', title: 'Bakery' });
    const post = async (text: string) => {
      const content = { parts: [{ text, media: [], link: null }] };
      const draft = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
      await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
      return draft.id;
    };
    const postId = await post('Perhaps out already');
    const standby = await startDebianPostgres({ standbyOf: postgres });
    undo.push(() => standby.remove());
    await before.stop();
    await postgres.stop();
    await standby.asAdmin(['SELECT pg_promote(true)']);
    keep(await installation.start({ DATABASE_URL: standby.url('goalpost', 'secret', 'goalpost') }));
    const again = openClient(installation.url, cookie);
    const held = await until(
      () => again.posts.get({ workspaceId, postId }),
      ({ deliveries }) => deliveries[0]?.state === 'held',
      40_000,
    );
    expect(held.deliveries[0]?.heldReason).toBe('new-history');
    // What is decided on the new history goes out.
    const next = await post('Decided after it');
    await until(
      () => again.posts.get({ workspaceId, postId: next }),
      ({ state }) => state === 'published',
      40_000,
    );
    expect((await again.posts.get({ workspaceId, postId })).deliveries[0]?.state).toBe('held');
  });
});
