import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OwnPage } from '#contract/page.ts';
import type { Refusal } from '#server/platform/context/index.ts';
import { useDatabase } from '#test/database.ts';
import { createCounter } from './create-counter.ts';
import { getPage } from './get-page.ts';
import { openPage } from './open-page.ts';
import { makeContext, makeGround, makePage } from './testing.ts';
import { updatePage } from './update-page.ts';

const test = useDatabase();
let ground: ReturnType<typeof makeGround>;
beforeAll(() => {
  ground = makeGround(test.database);
});
afterAll(() => ground.clean());

async function startWorkspace() {
  const id = crypto.randomUUID();
  await test.database.inWorkspace(id, (tx) =>
    sql`INSERT INTO workspace (id, name, language, zone) VALUES (${id}, 'Bakery', 'th', 'Asia/Bangkok')`.execute(tx),
  );
  const context = makeContext(ground, id);
  return { context, workspaceId: context.workspaceId };
}

let last = 0;
const newAddress = () => {
  last += 1;
  return `bakery-${last}`;
};
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Refusal) => error.code,
  );

describe('the own page', () => {
  it('is not found before it is opened', async () => {
    const { context, workspaceId } = await startWorkspace();
    expect(await refusalOf(getPage(context, { workspaceId }))).toBe('not-found');
  });

  it('opens in the language of the business and is a connected channel from then on', async () => {
    const { context, workspaceId } = await startWorkspace();
    const address = newAddress();
    const opened = await openPage(context, { workspaceId, address, title: 'Bakery' });
    expect(OwnPage.parse(opened)).toMatchObject({
      address,
      url: `https://goalpost.test/p/${address}`,
      language: 'th',
      revision: 1,
      views28: null,
    });
    expect(await getPage(context, { workspaceId })).toEqual(opened);
    const { rows } = await context.inWorkspace((tx) =>
      sql`SELECT network, connection.remote_id, connection.state FROM channel JOIN connection ON channel_id = id`.execute(
        tx,
      ),
    );
    expect(rows).toEqual([{ network: 'page', remote_id: opened.channelId, state: 'connected' }]);
  });

  it('opens once, and leaves no channel behind when it is refused', async () => {
    const { context, workspaceId } = await startWorkspace();
    const other = await startWorkspace();
    const address = newAddress();
    await openPage(context, { workspaceId, address, title: 'Bakery' });
    const again = { workspaceId, address: newAddress(), title: 'Bakery' };
    expect(await refusalOf(openPage(context, again))).toBe('channel-connected-already');
    const taken = { workspaceId: other.workspaceId, address, title: 'Other' };
    expect(await refusalOf(openPage(other.context, taken))).toBe('page-address-taken');
    expect(await refusalOf(openPage(other.context, { ...taken, address: 'media' }))).toBe('page-address-taken');
    const { rows } = await other.context.inWorkspace((tx) => sql`SELECT id FROM channel`.execute(tx));
    expect(rows).toEqual([]);
  });

  it('opens once when two open it at the same moment', async () => {
    const { context, workspaceId } = await startWorkspace();
    const open = () => refusalOf(openPage(context, { workspaceId, address: newAddress(), title: 'Bakery' }));
    expect((await Promise.all([open(), open()])).toSorted()).toEqual(['channel-connected-already', null].toSorted());
  });

  it('refuses a save made from an older revision and shows the page as it stands', async () => {
    const { context, workspaceId } = await startWorkspace();
    const opened = await openPage(context, { workspaceId, address: newAddress(), title: 'Bakery' });
    const links = [{ label: 'Order', url: 'https://shop.example/' }];
    const saved = await updatePage(context, { workspaceId, revision: 1, about: 'Bread.', links });
    expect(saved).toMatchObject({ about: 'Bread.', links, title: 'Bakery', revision: 2 });
    const late = updatePage(context, { workspaceId, revision: opened.revision, about: 'Other.' });
    await expect(late).rejects.toMatchObject({ code: 'edited-meanwhile', current: { about: 'Bread.', revision: 2 } });
  });

  it('keeps its old addresses for itself when it moves', async () => {
    const { context, workspaceId } = await startWorkspace();
    const other = await startWorkspace();
    const [first, second] = [newAddress(), newAddress()];
    await openPage(context, { workspaceId, address: first, title: 'Bakery' });
    await updatePage(context, { workspaceId, revision: 1, address: second });
    const taken = { workspaceId: other.workspaceId, address: first, title: 'Other' };
    expect(await refusalOf(openPage(other.context, taken))).toBe('page-address-taken');
    const { rows } = await context.inWorkspace((tx) =>
      sql`SELECT channel.handle, connection.address FROM channel JOIN connection ON channel_id = id`.execute(tx),
    );
    expect(rows).toEqual([{ handle: second, address: `https://goalpost.test/p/${second}` }]);
    expect(await updatePage(context, { workspaceId, revision: 2, address: first })).toMatchObject({ address: first });
  });

  it('adds up the last 28 local days once the first day is over', async () => {
    const page = await makePage(test.database, { zone: 'Asia/Bangkok' });
    const context = makeContext(ground, page.workspaceId);
    const { workspaceId } = context;
    const daysAgo = async (days: number) => {
      const counter = createCounter({ house: ground, now: () => new Date(Date.now() - days * 86_400_000) });
      counter.countView({ ...page, entryKey: null, zone: 'Asia/Bangkok' });
      await counter.close();
    };
    for (const days of [0, 1, 27, 28, 40]) await daysAgo(days);
    expect(await getPage(context, { workspaceId })).toMatchObject({ views28: null, clicks28: null });
    await context.inWorkspace((tx) =>
      sql`UPDATE own_page SET created_at = created_at - interval '50 days'`.execute(tx),
    );
    expect(await getPage(context, { workspaceId })).toMatchObject({ views28: 3, clicks28: 0 });
  });

  it('is not changed from another workspace', async () => {
    const { context, workspaceId } = await startWorkspace();
    const other = await startWorkspace();
    await openPage(context, { workspaceId, address: newAddress(), title: 'Bakery' });
    const foreign = updatePage(other.context, { workspaceId: other.workspaceId, revision: 1, title: 'Mine now' });
    expect(await refusalOf(foreign)).toBe('not-found');
    expect(await getPage(context, { workspaceId })).toMatchObject({ title: 'Bakery', revision: 1 });
  });
});
