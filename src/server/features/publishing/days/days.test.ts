import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type DeliveryState, deliveryStates } from '#contract/deliveries.ts';
import { says, useBusiness } from '../testing.ts';
import { addsUp, reckonDay } from './day-reckoning.rules.ts';
import { daySpans } from './day-spans.ts';
import { reckonDaysJob } from './reckon-days.ts';

const shop = useBusiness({ zone: 'Asia/Bangkok' });
const { draft, publish, publishContent, round, ws } = shop;

const refused = { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' } as const;
const facts = () =>
  shop.server.house.db.inWorkspace(shop.team.workspaceId, async (tx) => {
    const { rows } = await sql<{
      payload: { on: string; due: number };
    }>`SELECT payload FROM fact WHERE kind = 'publishing.day-reckoned' ORDER BY at`.execute(tx);
    return rows.map((row) => row.payload);
  });
const runJob = () => reckonDaysJob.run({ house: shop.server.house, log: shop.server.house.log, jobId: 'test' }, {});

describe('the day’s reckoning', () => {
  it('accounts for everything that was due, whatever became of it', async () => {
    shop.network.script = [refused, 'lose', 'accept'];
    await publish('refused');
    await publish('lost');
    await publishContent({ ...says('live'), firstComment: 'and its comment' });
    await round();
    const hold = await shop.team.client.publishing.hold({ ...ws() });
    await publish('held');
    await round();
    await shop.team.client.publishing.lift({ ...ws(), holdId: hold.id });
    await shop.team.client.posts.cancel({ ...ws(), postId: (await publish('cancelled')).id });
    const { items } = await shop.team.client.publishing.days(ws());
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ due: 5, live: 1, failed: 1, held: 0, unconfirmed: 1, cancelled: 1, underWay: 1 });
  });

  it('counts by the workspace’s own days', async () => {
    const { id: postId, revision } = await draft(says('Late'));
    // 20:00 in Berlin is the next day in Bangkok.
    const at = { local: '2031-03-03T20:00', zone: 'Europe/Berlin' };
    await shop.team.client.posts.schedule({ ...ws(), postId, revision, at });
    const on = async (from: string, to: string) =>
      (await shop.team.client.publishing.days({ ...ws(), from, to })).items.map((day) => [
        day.on,
        day.due,
        day.underWay,
      ]);
    expect(await on('2031-03-03', '2031-03-03')).toEqual([]);
    expect(await on('2031-03-01', '2031-03-05')).toEqual([['2031-03-04', 1, 1]]);
  });

  it('is told once when the day is over, and not before', async () => {
    await publish('live');
    await round();
    await runJob();
    expect(await facts()).toEqual([]);
    await shop.clock.advance(24 * 60 * 60_000);
    await runJob();
    await runJob();
    expect(await facts()).toMatchObject([{ due: 1, live: 1, underWay: 0 }]);
  });

  it('is wrong, loudly, when a delivery is nowhere', async () => {
    await publish('live');
    await shop.server.house.db.inWorkspace(shop.team.workspaceId, (tx) =>
      sql`UPDATE delivery SET position = 7`.execute(tx),
    );
    await shop.clock.advance(24 * 60 * 60_000);
    await runJob();
    expect(shop.server.logged.some((line) => line.includes('missing from its reckoning'))).toBe(true);
    expect(await facts()).toEqual([]);
  });

  it('adds up for every mixture of states, and for none from which one is missing', () => {
    const states = fc.array(fc.record({ state: fc.constantFrom(...deliveryStates), count: fc.nat(1_000) }));
    fc.assert(
      fc.property(states, (counted: { state: DeliveryState; count: number }[]) => {
        const due = counted.reduce((sum, { count }) => sum + count, 0);
        expect(addsUp(reckonDay('2031-03-03', due, counted))).toBe(true);
        expect(addsUp(reckonDay('2031-03-03', due + 1, counted))).toBe(false);
      }),
    );
  });

  it('has days of 23 and 25 hours where clocks change', () => {
    const hours = daySpans('2031-03-29', '2031-03-31', 'Europe/Berlin', 10).map(
      ({ from, to }) => (to.getTime() - from.getTime()) / 3_600_000,
    );
    expect(hours).toEqual([24, 23, 24]);
    expect(daySpans('2031-10-26', '2031-10-26', 'Europe/Berlin', 1)[0]).toMatchObject({
      from: new Date('2031-10-25T22:00:00Z'),
      to: new Date('2031-10-26T23:00:00Z'),
    });
  });
});
