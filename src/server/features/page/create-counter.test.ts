import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useDatabase } from '#test/database.ts';
import { createCounter } from './create-counter.ts';
import { makeGround, makePage } from './testing.ts';

const test = useDatabase();
const link = { name: 'order', url: 'https://shop.example/order' };

async function start({ zone = 'Asia/Bangkok', everyMs = 60_000 } = {}) {
  const ground = makeGround(test.database);
  const page = await makePage(test.database, { zone });
  let now = new Date('2026-11-22T10:00:00Z');
  const counter = createCounter({ house: ground, everyMs, now: () => now });
  onTestFinished(async () => {
    await counter.close();
    await ground.clean();
  });
  const rows = () =>
    test.database.inWorkspace(page.workspaceId, async (tx) => ({
      views: (await sql`SELECT day, views FROM page_view_day ORDER BY day`.execute(tx)).rows,
      clicks: (await sql`SELECT day, link, clicks FROM page_click_day ORDER BY day`.execute(tx)).rows,
    }));
  return {
    ground,
    counter,
    rows,
    at: { ...page, entryKey: null, zone },
    setNow: (instant: string) => {
      now = new Date(instant);
    },
  };
}

describe('counting views and clicks', () => {
  it('adds to what was written before', async () => {
    const { counter, at, rows } = await start();
    for (let times = 0; times < 3; times += 1) counter.countView(at);
    counter.countClick(at, link);
    await counter.flush();
    counter.countView(at);
    counter.countClick(at, link);
    await counter.flush();
    expect(await rows()).toEqual({
      views: [{ day: '2026-11-22', views: 4 }],
      clicks: [{ day: '2026-11-22', link: 'order', clicks: 2 }],
    });
  });

  it('puts each view on the local day of the business', async () => {
    const { counter, at, rows, setNow } = await start({ zone: 'Asia/Bangkok' });
    setNow('2026-11-22T16:59:59Z');
    counter.countView(at);
    setNow('2026-11-22T17:00:00Z');
    counter.countView(at);
    await counter.flush();
    expect((await rows()).views).toEqual([
      { day: '2026-11-22', views: 1 },
      { day: '2026-11-23', views: 1 },
    ]);
  });

  it('writes by itself', async () => {
    const { counter, at, rows } = await start({ everyMs: 20 });
    counter.countView(at);
    await expect.poll(async () => (await rows()).views).toEqual([{ day: '2026-11-22', views: 1 }]);
  });

  it('loses nothing when it is closed', async () => {
    const { counter, at, rows } = await start();
    counter.countView(at);
    await counter.close();
    expect((await rows()).views).toEqual([{ day: '2026-11-22', views: 1 }]);
  });

  it('keeps what could not be written and writes it once the database is back', async () => {
    const { ground, at, rows } = await start();
    let isDown = true;
    const db = {
      ...ground.db,
      inWorkspace: (async (id, work) => {
        if (isDown) throw new Error('connection refused');
        return ground.db.inWorkspace(id, work);
      }) as typeof ground.db.inWorkspace,
    };
    const counter = createCounter({
      house: { db, log: ground.log },
      everyMs: 60_000,
      now: () => new Date('2026-11-22Z'),
    });
    onTestFinished(() => counter.close());
    counter.countView(at);
    counter.countClick(at, link);
    await counter.flush();
    counter.countView(at);
    expect(ground.warnings).toHaveLength(1);
    isDown = false;
    await counter.flush();
    expect(await rows()).toMatchObject({ views: [{ views: 2 }], clicks: [{ clicks: 1 }] });
  });

  it('forgets the counts of a page that was deleted meanwhile', async () => {
    const { counter, at, ground } = await start();
    counter.countView(at);
    await test.database.inWorkspace(at.workspaceId, (tx) => sql`DELETE FROM own_page`.execute(tx));
    await counter.flush();
    expect(ground.warnings).toEqual([]);
  });
});
