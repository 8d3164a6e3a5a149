import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyForMs, type Level, refill, shapeBucket, shareTokens, type Want } from './bucket.rules.ts';

const limit = fc.record({
  capacity: fc.integer({ min: 1, max: 60 }),
  perMs: fc.integer({ min: 10, max: 1_000 }),
  cost: fc.integer({ min: 1, max: 5 }),
});
/** Pauses between tries, in ms. */
const pauses = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 200 });

describe('a bucket', () => {
  it('lets no stretch of the limit’s time see more than its capacity, however calls fall', () => {
    fc.assert(
      fc.property(limit, pauses, (about, waits) => {
        fc.pre(about.cost <= about.capacity);
        const bucket = shapeBucket(about);
        const made: number[] = [];
        let tokens = bucket.burst;
        let now = 0;
        for (const wait of waits) {
          now += wait;
          tokens = refill(bucket, tokens, wait);
          if (tokens < bucket.cost) continue;
          tokens -= bucket.cost;
          made.push(now);
        }
        for (const from of made) {
          const within = made.filter((at) => at >= from && at < from + about.perMs).length;
          expect(within * about.cost).toBeLessThanOrEqual(about.capacity);
        }
      }),
    );
  });

  it('opens again with enough for a call, and never waits longer than its whole time', () => {
    fc.assert(
      fc.property(limit, fc.integer({ min: 1, max: 500 }), (about, waiting) => {
        const bucket = shapeBucket(about);
        const level: Level = { ...bucket, tokens: 0, servedLast: null, isClosed: false };
        const waitMs = emptyForMs(level, waiting);
        expect(refill(bucket, 0, waitMs)).toBeGreaterThanOrEqual(bucket.cost - 1e-9);
        expect(waitMs).toBeLessThanOrEqual(about.perMs + 1);
      }),
    );
  });

  it('gives nothing away when a clock is set back', () => {
    expect(refill(shapeBucket({ capacity: 10, perMs: 1_000 }), 2, -5_000)).toBe(2);
  });
});

describe('tokens that many want', () => {
  const level = (tokens: number, servedLast: string | null = null): Level => ({
    ...shapeBucket({ capacity: 1_000, perMs: 1_000 }),
    tokens,
    servedLast,
    isClosed: false,
  });
  const want = (id: string, workspaceId: string, ...buckets: string[]): Want => ({ id, workspaceId, buckets });
  const many = (workspaceId: string, count: number) =>
    Array.from({ length: count }, (_, index) => want(`${workspaceId}${index}`, workspaceId, 'app'));

  it('go round the workspaces, so that one with hundreds keeps nobody waiting', () => {
    const refused = shareTokens(new Map([['app', level(4)]]), [...many('a', 300), ...many('b', 2), ...many('c', 1)]);
    expect(['a0', 'b0', 'c0', 'a1', 'a2', 'b1'].map((id) => refused.has(id))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('go on behind the workspace that was served last, also when there is one token each time', () => {
    const served: string[] = [];
    const app = level(0);
    for (let round = 0; round < 6; round += 1) {
      app.tokens = 1;
      const wants = [...many('a', 3), ...many('b', 3), ...many('c', 3)];
      const refused = shareTokens(new Map([['app', app]]), wants);
      served.push(...wants.filter(({ id }) => !refused.has(id)).map(({ workspaceId }) => workspaceId));
    }
    expect(served).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('are never handed out beyond what is there, and a call that is refused takes none', () => {
    const names = ['app', 'server', 'x', 'y'];
    const wants = fc.array(
      fc.record({
        workspaceId: fc.constantFrom('a', 'b', 'c'),
        buckets: fc.subarray(names, { minLength: 1 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 4, maxLength: 4 }), wants, (tokens, asked) => {
        const levels = new Map(names.map((name, index) => [name, level(tokens[index] ?? 0)]));
        const named = asked.map((it, index) => ({ ...it, id: String(index) }));
        const refused = shareTokens(levels, named);
        for (const [index, name] of names.entries()) {
          const given = named.filter((it) => !refused.has(it.id) && it.buckets.includes(name)).length;
          expect(levels.get(name)?.tokens).toBe((tokens[index] ?? 0) - given);
          expect(given).toBeLessThanOrEqual(tokens[index] ?? 0);
        }
        for (const [id, short] of refused) expect(short.length, id).toBeGreaterThan(0);
      }),
    );
  });

  it('are not given of a bucket that the network closed', () => {
    const closed = { ...level(50), isClosed: true };
    expect(shareTokens(new Map([['app', closed]]), many('a', 1)).get('a0')).toEqual(['app']);
  });
});
