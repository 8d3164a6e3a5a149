import { createHash } from 'node:crypto';
import pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Refusal, refuse } from '#server/platform/context/index.ts';
import { createJobs } from '#server/platform/jobs/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { useDatabase } from '#test/database.ts';
import { type Auth, createAuth, permitRegistration } from './index.ts';

const test = useDatabase();
let auth: Auth;
let lines: string[] = [];
let next = 0;

const caller = (cookies: string[] = [], more: Record<string, string> = {}, secure = false) => ({
  // Each call comes from another address, or the limits of sign-in would decide.
  address: more['address'] ?? `10.0.${Math.floor(++next / 200)}.${next % 200}`,
  secure,
  origin: secure ? 'https://posts.example' : 'http://localhost:4400',
  port: 4400,
  headers: new Headers({ cookie: cookies.map((c) => c.split(';')[0]).join('; '), ...more }),
});
const lan = { name: 'Lan', email: 'Lan@Bakery.example', password: 'quiet mornings', rememberMe: true };
const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : error);
const owner = async <R extends pg.QueryResultRow>(query: string): Promise<R[]> => {
  const client = new pg.Client({ connectionString: test.ownerUrl });
  await client.connect();
  try {
    return (await client.query<R>(query)).rows;
  } finally {
    await client.end();
  }
};

beforeAll(() => {
  const log = createLog({ level: 'warn', to: { write: (line) => void lines.push(line) } });
  auth = createAuth({
    db: test.database,
    log,
    jobs: createJobs({ db: test.database, log }),
    secret: 'a secret of the test, long enough',
    linkOrigin: ({ origin }) => origin,
    claimInvitation: async () => refuse('not-found'),
  });
});
beforeEach(async () => {
  lines = [];
  await owner('TRUNCATE auth.account_holder, auth.permit, auth.attempt, auth.known_place, person CASCADE');
});

describe('signing up', () => {
  it('makes the first person the operator, in their language, signed in', async () => {
    const { body, cookies } = await auth.answer('sign-up', lan, caller([], { 'accept-language': 'vi' }));
    expect(body).toMatchObject({
      person: { name: 'Lan', email: 'lan@bakery.example', isOperator: true, language: 'vi' },
    });
    const { person } = await auth.findSignedIn(caller(cookies));
    expect(person).toMatchObject({ name: 'Lan', isOperator: true });
  });

  it('is closed after the first person, except for an e-mail with a permit, once', async () => {
    await auth.answer('sign-up', lan, caller());
    const tho = { ...lan, name: 'Tho', email: 'tho@bakery.example' };
    await expect(auth.answer('sign-up', tho, caller())).rejects.toMatchObject({ code: 'registration-closed' });
    await test.database.outside((tx) => permitRegistration(tx, 'THO@bakery.example'));
    const { body } = await auth.answer('sign-up', tho, caller());
    expect(body).toMatchObject({ person: { isOperator: false } });
    expect(await owner('SELECT * FROM auth.permit')).toEqual([]);
  });

  it('makes exactly one operator of several who are first at once', async () => {
    const people = ['a', 'b', 'c', 'd'].map((name) => ({ ...lan, name, email: `${name}@x.example` }));
    const outcomes = await Promise.allSettled(people.map((each) => auth.answer('sign-up', each, caller())));
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
    for (const o of outcomes) if (o.status === 'rejected') expect(codeOf(o.reason)).toBe('registration-closed');
    expect(await owner('SELECT is_operator FROM person')).toEqual([{ is_operator: true }]);
    expect(await owner('SELECT name FROM auth.account_holder')).toHaveLength(1);
  });

  it('waits for whoever is first, and is second then', async () => {
    const first = new pg.Client({ connectionString: test.appUrl });
    const second = new pg.Client({ connectionString: test.appUrl });
    await Promise.all([first.connect(), second.connect()]);
    const insert = (id: string) =>
      `INSERT INTO auth.account_holder (id, name, email) VALUES ('${id}', '${id}', '${id}')`;
    try {
      await first.query('BEGIN');
      await first.query(insert('a'));
      const late = second.query(insert('b')).then(() => 'let in', String);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await first.query('COMMIT');
      expect(await late).toMatch(/registration is closed/);
    } finally {
      await Promise.all([first.end(), second.end()]);
    }
  });

  it('refuses a short password and an e-mail that is taken', async () => {
    const short = { ...lan, password: 'short' };
    await expect(auth.answer('sign-up', short, caller())).rejects.toMatchObject({ code: 'password-too-weak' });
    await auth.answer('sign-up', lan, caller());
    await test.database.outside((tx) => permitRegistration(tx, lan.email));
    await expect(auth.answer('sign-up', lan, caller())).rejects.toMatchObject({ code: 'email-in-use' });
  });
});

describe('a session', () => {
  it('opens with the right password only, and ends with sign-out', async () => {
    await auth.answer('sign-up', lan, caller());
    const wrong = { email: lan.email, password: 'wrong password', rememberMe: true };
    await expect(auth.answer('sign-in', wrong, caller())).rejects.toMatchObject({ code: 'sign-in-refused' });
    const nobody = { ...wrong, email: 'nobody@x.example' };
    await expect(auth.answer('sign-in', nobody, caller())).rejects.toMatchObject({ code: 'sign-in-refused' });
    const { cookies } = await auth.answer('sign-in', { ...wrong, password: lan.password }, caller());
    expect((await auth.findSignedIn(caller(cookies))).person?.name).toBe('Lan');
    const out = await auth.answer('sign-out', {}, caller(cookies));
    expect(out.body).toEqual({});
    expect((await auth.findSignedIn(caller(cookies))).person).toBeNull();
  });

  it('is known to the database as a hash only', async () => {
    const { cookies, body } = await auth.answer('sign-up', lan, caller());
    const token = decodeURIComponent(cookies[0]?.split('=')[1] ?? '').split('.')[0] ?? '';
    expect(token.length).toBeGreaterThan(20);
    const stored = JSON.stringify(await owner('SELECT to_jsonb(s) AS row FROM auth.session s'));
    expect(stored).not.toContain(token);
    expect(stored).toContain(createHash('sha256').update(token).digest('hex'));
    expect(JSON.stringify(body)).not.toContain(token);
    // A thief of the database cannot sign in with what it holds.
    const [row] = await owner<{ token: string }>('SELECT token FROM auth.session');
    const forged = cookies[0]?.replace(token, row?.token ?? '') ?? '';
    expect((await auth.findSignedIn(caller([forged]))).person).toBeNull();
  });

  it('has a cookie for one host and https only, or one for http', async () => {
    const plain = (await auth.answer('sign-up', lan, caller())).cookies[0];
    expect(plain).toMatch(/^goalpost=/);
    expect(plain).toMatch(/HttpOnly/i);
    expect(plain).toMatch(/SameSite=Lax/i);
    expect(plain).not.toMatch(/Secure|Domain/i);
    const again = { email: lan.email, password: lan.password, rememberMe: true };
    const safe = (await auth.answer('sign-in', again, caller([], {}, true))).cookies[0];
    expect(safe).toMatch(/^__Host-goalpost=/);
    expect(safe).toMatch(/Secure/);
    expect(safe).toMatch(/Path=\/;/);
    expect(safe).toMatch(/Max-Age=2592000/);
  });

  it('is prolonged by use and gone after thirty days without', async () => {
    const { cookies } = await auth.answer('sign-up', lan, caller());
    await owner(`UPDATE auth.session SET expires_at = now() + interval '20 days'`);
    const { cookies: renewed } = await auth.findSignedIn(caller(cookies));
    expect(renewed[0]).toMatch(/Max-Age=2592000/);
    const rows = await owner<{ days: number }>(
      'SELECT extract(day FROM expires_at - now())::int AS days FROM auth.session',
    );
    expect(rows[0]?.days).toBeGreaterThanOrEqual(29);
    await owner(`UPDATE auth.session SET expires_at = now() - interval '1 second'`);
    expect((await auth.findSignedIn(caller(cookies))).person).toBeNull();
  });

  it('ends after ninety days, however much it is used', async () => {
    const { cookies } = await auth.answer('sign-up', lan, caller());
    await owner(`UPDATE auth.session SET created_at = now() - interval '89 days'`);
    expect((await auth.findSignedIn(caller(cookies))).person?.name).toBe('Lan');
    await owner(`UPDATE auth.session SET created_at = now() - interval '91 days'`);
    expect(await auth.findSignedIn(caller(cookies))).toEqual({ person: null, sessionId: null, cookies: [] });
    expect(await owner('SELECT id FROM auth.session')).toEqual([]);
  });

  it('does not survive a new password that came while the old one was being checked', async () => {
    await auth.answer('sign-up', lan, caller());
    await owner('DELETE FROM auth.session');
    const reset = new pg.Client({ connectionString: test.ownerUrl });
    await reset.connect();
    try {
      // The old password has been found right, and the session waits to be written.
      await reset.query('BEGIN');
      await reset.query('SELECT FROM auth.account_holder FOR UPDATE');
      const old = { email: lan.email, password: lan.password, rememberMe: true };
      const late = auth.answer('sign-in', old, caller()).then(() => 'let in', codeOf);
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while ((await test.database.pool.query(waiting)).rowCount === 0)
        await new Promise((resolve) => setTimeout(resolve, 20));
      await reset.query(`UPDATE auth.account SET password = 'another'`);
      await reset.query('DELETE FROM auth.session');
      await reset.query('COMMIT');
      expect(await late).toBe('sign-in-refused');
    } finally {
      await reset.end();
    }
    expect(await owner('SELECT id FROM auth.session')).toEqual([]);
  });

  it('of a thief sets no other password over the one that its owner resets at that moment', async () => {
    const { cookies } = await auth.answer('sign-up', lan, caller());
    const reset = new pg.Client({ connectionString: test.ownerUrl });
    await reset.connect();
    try {
      await reset.query('BEGIN');
      await reset.query(`UPDATE auth.account SET password = 'another'`);
      await reset.query('DELETE FROM auth.session');
      const theft = { currentPassword: lan.password, newPassword: 'the thief knows this' };
      const late = auth.answer('change-password', theft, caller(cookies)).then(() => 'changed', codeOf);
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while ((await test.database.pool.query(waiting)).rowCount === 0)
        await new Promise((resolve) => setTimeout(resolve, 20));
      await reset.query('COMMIT');
      expect(await late).toBe('signed-out');
    } finally {
      await reset.end();
    }
    expect(await owner('SELECT password FROM auth.account')).toEqual([{ password: 'another' }]);
    expect(await owner('SELECT id FROM auth.session')).toEqual([]);
  });

  it('of other devices ends when the password changes', async () => {
    const { cookies } = await auth.answer('sign-up', lan, caller());
    const other = await auth.answer(
      'sign-in',
      { email: lan.email, password: lan.password, rememberMe: true },
      caller(),
    );
    const change = { currentPassword: 'not mine at all', newPassword: 'a new password' };
    await expect(auth.answer('change-password', change, caller(cookies))).rejects.toMatchObject({
      problems: [{ field: 'currentPassword', code: 'wrong-password' }],
    });
    const done = await auth.answer('change-password', { ...change, currentPassword: lan.password }, caller(cookies));
    expect((await auth.findSignedIn(caller(done.cookies))).person?.name).toBe('Lan');
    expect((await auth.findSignedIn(caller(other.cookies))).person).toBeNull();
    await expect(auth.answer('change-password', change, caller())).rejects.toMatchObject({ code: 'signed-out' });
  });
});
