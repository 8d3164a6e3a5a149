import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OperationName } from '#contract/operations.ts';
import { useDatabase } from '#test/database.ts';
import { Refusal, refuse } from '../context/index.ts';
import { answerOnce } from './answer-once.ts';

const test = useDatabase();
const secret = Buffer.from('of this installation');
let runs = 0;
beforeEach(() => {
  runs = 0;
});

interface Made {
  key?: string;
  actor?: string;
  operation?: OperationName;
  method?: string;
  body?: string;
  type?: string;
  assertStillMay?: () => Promise<void>;
}

const once = (made: Made, run?: () => Promise<Response>) => {
  const body = new TextEncoder().encode(made.body ?? '{"a":1}');
  const request = new Request('http://localhost/api/things', {
    method: made.method ?? 'POST',
    headers: {
      'content-type': made.type ?? 'application/json',
      ...(made.key ? { 'idempotency-key': made.key } : {}),
    },
  });
  const { actor = 'lan', operation = 'goals.create', assertStillMay = async () => undefined } = made;
  return answerOnce({ db: test.database, secret, actor, request, body, operation, assertStillMay }, async () => {
    runs += 1;
    return run ? run() : Response.json({ run: runs }, { status: 201 });
  });
};
const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : error);
const age = (key: string, interval: string) =>
  test.database.outside((tx) =>
    sql`UPDATE idempotency SET created_at = created_at - ${interval}::interval WHERE key = ${key}`.execute(tx),
  );

describe('a call under an idempotency key', () => {
  it('keeps no secret that is shown once', async () => {
    const made = { key: 'k-secret', operation: 'apiKeys.create' } as const;
    const first = await once(made, async () => Response.json({ key: { id: 'a' }, secret: 'gp_canary' }));
    expect(await first.json()).toEqual({ key: { id: 'a' }, secret: 'gp_canary' });
    const again = await once(made);
    expect(await again.json()).toEqual({ key: { id: 'a' }, secret: '' });
    const kept = await test.database.outside((tx) =>
      sql<{ body: string }>`SELECT body FROM idempotency WHERE key = 'k-secret'`.execute(tx),
    );
    expect(JSON.stringify(kept.rows)).not.toContain('canary');
  });

  it('that was one too many may be made again, later', async () => {
    const made = { key: 'k-limited' };
    expect((await once(made, async () => Response.json({}, { status: 429 }))).status).toBe(429);
    expect((await once(made)).status).toBe(201);
  });

  it('is answered again only to whoever may make it still', async () => {
    const made = { key: 'k-left' };
    await once(made);
    const gone = async () => refuse('not-found');
    await expect(once({ ...made, assertStillMay: gone })).rejects.toMatchObject({ code: 'not-found' });
    expect(runs).toBe(1);
    expect((await once(made)).headers.get('idempotent-replayed')).toBe('true');
  });

  it('is run once and answered the same again', async () => {
    const first = await once({ key: 'k1' });
    const again = await once({ key: 'k1' });
    expect(runs).toBe(1);
    expect([again.status, await again.text()]).toEqual([first.status, await first.text()]);
    expect(again.headers.get('content-type')).toBe('application/json');
    expect(first.headers.has('idempotent-replayed')).toBe(false);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('is another one for another person, and without a key every time', async () => {
    await once({ key: 'k2' });
    await once({ key: 'k2', actor: 'tho' });
    await once({});
    await once({});
    expect(runs).toBe(4);
  });

  it('is refused when its content changed', async () => {
    await once({ key: 'k3' });
    expect(await once({ key: 'k3', body: '{"a":2}' }).catch(codeOf)).toBe('idempotency-key-reused');
    expect(await once({ key: 'k3', method: 'PATCH' }).catch(codeOf)).toBe('idempotency-key-reused');
    expect(runs).toBe(1);
  });

  it('is refused while it runs, and runs once for many at the same moment', async () => {
    const slow = () =>
      new Promise<Response>((resolve) => setTimeout(() => resolve(Response.json({ done: true })), 300));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => once({ key: 'k4' }, slow).catch(codeOf)));
    expect(runs).toBe(1);
    expect(outcomes.filter((o) => o === 'idempotency-key-in-use')).toHaveLength(7);
    expect((await once({ key: 'k4' }, slow)).headers.get('idempotent-replayed')).toBe('true');
  });

  it('keeps a refusal, and forgets a failure of ours', async () => {
    await once({ key: 'k5' }, async () => Response.json({}, { status: 422 }));
    expect((await once({ key: 'k5' })).status).toBe(422);
    await once({ key: 'k6' }, async () => Response.json({}, { status: 502 }));
    expect((await once({ key: 'k6' })).status).toBe(201);
    await once({ key: 'k7' }, () => Promise.reject(new Error('crash'))).catch(() => undefined);
    expect((await once({ key: 'k7' })).status).toBe(201);
  });

  it('runs again when the process died in it, after a minute, and the dead one cannot answer for it', async () => {
    let die: (r: Response) => void = () => undefined;
    const dead = once({ key: 'k8' }, () => new Promise((resolve) => (die = resolve)));
    await expect.poll(() => runs).toBe(1);
    await age('k8', '59 seconds');
    expect(await once({ key: 'k8' }).catch(codeOf)).toBe('idempotency-key-in-use');
    await age('k8', '2 seconds');
    expect(await (await once({ key: 'k8' })).json()).toEqual({ run: 2 });
    die(Response.json({ late: true }));
    await dead;
    expect(await (await once({ key: 'k8' })).json()).toEqual({ run: 2 });
  });

  it('is new after a day', async () => {
    await once({ key: 'k9' });
    await age('k9', '25 hours');
    await once({ key: 'k9', body: '{"a":2}' });
    expect(runs).toBe(2);
  });

  it('is the same upload whatever the boundary of its form', async () => {
    const form = (boundary: string, bytes: string) => ({
      key: 'k10',
      type: `multipart/form-data; boundary=${boundary}`,
      body: `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n${bytes}\r\n--${boundary}--\r\n`,
    });
    await once(form('one', 'pixels'));
    expect((await once(form('two', 'pixels'))).headers.get('idempotent-replayed')).toBe('true');
    expect(await once(form('two', 'others')).catch(codeOf)).toBe('idempotency-key-reused');
    expect(runs).toBe(1);
  });

  it('needs a key that can be one', async () => {
    expect(await once({ key: 'x'.repeat(256) }).catch(codeOf)).toBe('input-invalid');
  });
});

it('keeps no fingerprint that a guessed body could be held against', async () => {
  const body = '{"password":"quiet mornings"}';
  await once({ key: 'fingerprint', body });
  const { rows } = await test.database.outside((tx) =>
    sql<{ row: string }>`SELECT to_jsonb(k)::text AS row FROM idempotency k`.execute(tx),
  );
  const plain = createHash('sha256').update(`POST /api/things\n`).update(body).digest('hex');
  expect(rows.map(({ row }) => row).join()).toMatch(/[0-9a-f]{64}/);
  expect(rows.map(({ row }) => row).join()).not.toContain(plain);
});
