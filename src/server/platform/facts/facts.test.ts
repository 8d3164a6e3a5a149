import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { useServer } from '#test/server.ts';
import { type FactHearer, handOnFacts, tellFact } from './index.ts';

const server = useServer();

async function makeWorkspace(): Promise<string> {
  const workspaceId = randomUUID();
  await server.house.db.inWorkspace(workspaceId, (tx) =>
    sql`INSERT INTO workspace (id, name, language, zone) VALUES (${workspaceId}, 'Bakery', 'en', 'UTC')`.execute(tx),
  );
  return workspaceId;
}

/** Tells facts one after the other, hands them on, and says which were heard together, and how many in all. */
async function hear(told: readonly [workspaceId: string, kind: string, name: string][], { failing = '' } = {}) {
  const heard: string[] = [];
  const listen: FactHearer = async (_context, facts) => {
    const names = facts.map(({ payload }) => String(payload['name']));
    if (names.includes(failing)) throw new Error('refused');
    heard.push(names.join(' '));
  };
  for (const [workspaceId, kind, name] of told)
    await server.house.db.inWorkspace(workspaceId, (tx) => tellFact(tx, { workspaceId, kind, payload: { name } }));
  const kinds = [...new Set(told.map(([, kind]) => kind))];
  const hearers = kinds.map((kind) => ({ kind, hear: listen }));
  const count = await handOnFacts(server.house, hearers);
  return { heard, count, again: await handOnFacts(server.house, hearers) };
}

describe('facts', () => {
  it('of one workspace and one kind are heard together, in the order in which they were told', async () => {
    const [bakery, gym] = [await makeWorkspace(), await makeWorkspace()];
    const { heard, count, again } = await hear([
      [bakery, 'loaf.baked', 'a'],
      [gym, 'loaf.baked', 'x'],
      [bakery, 'loaf.baked', 'b'],
      [bakery, 'loaf.sold', 'c'],
      [gym, 'loaf.baked', 'y'],
      [bakery, 'loaf.baked', 'd'],
    ]);
    expect(heard.filter((names) => /[a-d]/.test(names))).toEqual(['a b', 'c', 'd']);
    expect(heard.filter((names) => /[xy]/.test(names))).toEqual(['x y']);
    expect({ count, again }).toEqual({ count: 6, again: 0 });
  });

  it('that one hearer refuses are told again by themselves: the others are heard all the same', async () => {
    const bakery = await makeWorkspace();
    const told = ['a', 'b', 'c'].map((name): [string, string, string] => [bakery, 'loaf.burnt', name]);
    const { heard, count } = await hear(told, { failing: 'b' });
    expect({ heard, count }).toEqual({ heard: ['a', 'c'], count: 2 });
    const { rows } = await server.house.db.inWorkspace(bakery, (tx) =>
      sql`SELECT payload ->> 'name' AS name FROM fact WHERE handed_on_at IS NULL`.execute(tx),
    );
    expect(rows).toEqual([{ name: 'b' }]);
    expect(server.logged.join('\n')).toContain('will be told again');
  });

  it('that are many let posts go first, unless they have waited too long; and few do not wait', async () => {
    const bakery = await makeWorkspace();
    const { db } = server.house;
    const tell = (count: number) =>
      db.inWorkspace(bakery, async (tx) => {
        for (let i = 0; i < count; i += 1) await tellFact(tx, { workspaceId: bakery, kind: 'loaf.cut', payload: {} });
      });
    const handOn = async () => {
      const rests: number[] = [];
      await handOnFacts(server.house, [], { rest: async (ms) => void rests.push(ms) });
      return rests;
    };
    await tell(20);
    expect(await handOn()).toEqual([]);
    await tell(21);
    expect(await handOn()).toEqual([expect.any(Number)]);
    await tell(501);
    const rests = await handOn();
    expect(rests.length).toBe(1);
    expect(Math.max(...rests)).toBeLessThanOrEqual(5_000);
    await tell(21);
    await db.inWorkspace(bakery, (tx) =>
      sql`UPDATE fact SET at = at - interval '11 seconds' WHERE handed_on_at IS NULL`.execute(tx),
    );
    expect(await handOn()).toEqual([]);
  });
});
