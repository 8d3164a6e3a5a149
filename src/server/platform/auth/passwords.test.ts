import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useDatabase } from '#test/database.ts';
import { Refusal, refuse } from '../context/index.ts';
import { createJobs } from '../jobs/index.ts';
import { createLog } from '../log/index.ts';
import { type Auth, createAuth } from './create-auth.ts';

// Here what it takes is the subject.
vi.unmock('./password-hash.ts');

const test = useDatabase();
let auth: Auth;
let owner: pg.Client;
let next = 0;

const caller = (cookies: string[] = []) => ({
  // Each call comes from another address, or the limits of sign-in would decide.
  address: `10.2.0.${++next}`,
  secure: false,
  origin: 'http://localhost:4400',
  port: 4400,
  headers: new Headers({ cookie: cookies.map((c) => c.split(';')[0]).join('; ') }),
});
const email = 'lan@bakery.example';
const signUp = (password: string) =>
  auth.answer('sign-up', { name: 'Lan', email, password, rememberMe: true }, caller());
const signIn = (password: string, cookies: string[] = []) =>
  auth.answer('sign-in', { email, password, rememberMe: true }, caller(cookies));
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'let in',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

beforeAll(async () => {
  const log = createLog({ level: 'error', to: { write: () => undefined } });
  auth = createAuth({
    db: test.database,
    log,
    jobs: createJobs({ db: test.database, log }),
    secret: 'a secret of the test, long enough',
    linkOrigin: ({ origin }) => origin,
    claimInvitation: async () => refuse('not-found'),
  });
  owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
});
afterAll(() => owner?.end());
beforeEach(async () => {
  await owner.query('TRUNCATE auth.account_holder, auth.attempt, auth.known_place, person CASCADE');
});

// ASVS 5.0, V6.2 and V11.4.
describe('a password', () => {
  it.each([
    ['letters alone', 'quietmornings'],
    ['figures alone', '8305527193'],
    ['blanks', '          x'],
    ['another script', 'ขนมปังอบใหม่ทุกเช้า'],
    ['signs', '<\'";--%\\&>'],
  ])('may be made of %s', async (_what, password) => {
    await signUp(password);
    expect(await codeOf(signIn(password))).toBe('let in');
  });

  it('may have 128 letters, and every one of them counts', async () => {
    const long = 'q'.repeat(127);
    await signUp(`${long}a`);
    expect(await codeOf(signIn(`${long}a`))).toBe('let in');
    expect(await codeOf(signIn(`${long}b`))).toBe('sign-in-refused');
    expect(await codeOf(signIn(long))).toBe('sign-in-refused');
  });

  it('is taken as it was typed: capitals, and blanks at its ends, count', async () => {
    await signUp(' Quiet Mornings ');
    for (const near of ['Quiet Mornings', ' quiet mornings ', ' QUIET MORNINGS '])
      expect(await codeOf(signIn(near))).toBe('sign-in-refused');
    expect(await codeOf(signIn(' Quiet Mornings '))).toBe('let in');
  });

  it('is kept as a scrypt hash with a salt of its own', async () => {
    const stored = async () => (await owner.query<{ password: string }>('SELECT password FROM auth.account')).rows;
    await signUp('the same words');
    const [first] = await stored();
    await owner.query('TRUNCATE auth.account_holder, person CASCADE');
    await signUp('the same words');
    const [second] = await stored();
    expect(first?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
    expect(second?.password).not.toBe(first?.password);
  });
});

describe('signing in again', () => {
  it('gives another session and ends the one that came along', async () => {
    const first = await signUp('quiet mornings');
    const again = await signIn('quiet mornings', first.cookies);
    expect(again.cookies[0]).not.toBe(first.cookies[0]);
    expect((await auth.findSignedIn(caller(first.cookies))).person).toBeNull();
    expect((await auth.findSignedIn(caller(again.cookies))).person?.email).toBe(email);
  });

  it('with a wrong password ends nothing', async () => {
    const first = await signUp('quiet mornings');
    expect(await codeOf(signIn('loud mornings', first.cookies))).toBe('sign-in-refused');
    expect((await auth.findSignedIn(caller(first.cookies))).person?.email).toBe(email);
  });
});
