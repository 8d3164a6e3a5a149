import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestPerson, useServer } from '#test/server.ts';
import { permitRegistration, writeRegistration } from './index.ts';
import { openAccount } from './open-account.ts';
import { hashPassword } from './password-hash.ts';

// Here what it takes is the subject.
vi.unmock('./password-hash.ts');

const server = useServer();
const PAIRS = 30;
const password = 'correct horse battery';
const known: string[] = [];

beforeAll(async () => {
  const { db } = server.house;
  const passwordHash = await hashPassword(password);
  await openAccount(db, { name: 'First', email: 'first@x.example', passwordHash, language: 'en', confirmed: true });
  for (let i = 0; i < PAIRS; i++) {
    const email = `known-${i}@bakery.example`;
    await db.outside((tx) => permitRegistration(tx, email));
    await openAccount(db, { name: 'Known', email, passwordHash, language: 'en', confirmed: true });
    known.push(email);
  }
  await db.outside((tx) => writeRegistration(tx, 'open'));
}, 60_000);

let callers = 0;
async function ask(path: string, body: object) {
  callers += 1;
  const address = `10.9.${callers >> 8}.${callers & 255}`;
  const as: TestPerson = { id: '', name: '', email: '', password: '', cookie: '', address };
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const startedAt = performance.now();
  const response = await server.api(`/api/auth/${path}`, { ...init, as });
  const text = await response.text();
  const tookMs = performance.now() - startedAt;
  const headers = [...response.headers.keys()].sort().join(' ');
  // The id of a request is its own.
  return { tookMs, said: `${response.status} ${headers} ${text.replace(/"requestId":"[^"]+"/g, '')}` };
}

const median = (figures: number[]): number => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;

describe('an address that has an account, and one that has none', () => {
  it.each([
    ['sign-up/email', (email: string) => ({ name: 'Somebody', email, password: 'another password' })],
    ['sign-in/email', (email: string) => ({ email, password: 'a wrong password' })],
    ['request-password-reset', (email: string) => ({ email })],
  ] as const)('get one answer in one time from %s', { timeout: 120_000, retry: 2 }, async (path, bodyFor) => {
    const times = { known: [] as number[], unknown: [] as number[] };
    const said = new Set<string>();
    const { db } = server.house;
    // Warmed up, and the limits as they were when this runs again.
    await ask(path, bodyFor('nobody-at-all@x.example'));
    await db.pool.query('DELETE FROM auth.attempt');
    for (const [i, email] of known.entries()) {
      const both = ['known', 'unknown'] as const;
      for (const kind of i % 2 === 0 ? both : both.toReversed()) {
        const answer = await ask(path, bodyFor(kind === 'known' ? email : `nobody-${i}@bakery.example`));
        times[kind].push(answer.tookMs);
        said.add(answer.said);
      }
    }
    expect([...said]).toHaveLength(1);
    const [a, b] = [median(times.known), median(times.unknown)];
    const differenceMs = Math.abs(a - b);
    expect(differenceMs, `known ${a} ms, unknown ${b} ms`).toBeLessThanOrEqual(Math.max(5, 0.25 * Math.max(a, b)));
  });

  it('are told apart only by what comes by mail', { timeout: 60_000 }, async () => {
    await server.settle();
    const mails = (word: string) => server.said.filter((line) => line.includes(word)).length;
    expect(mails('/confirm#')).toBeGreaterThanOrEqual(PAIRS);
    expect(mails('/sign-in')).toBeGreaterThanOrEqual(PAIRS);
    expect(mails('/reset#')).toBeGreaterThanOrEqual(PAIRS);
    expect(server.said.filter((line) => line.includes('nobody-3@') && line.includes('/reset#'))).toEqual([]);
  });
});
