import { beforeEach, describe, expect, it } from 'vitest';
import { holdClock } from '#test/clock.ts';
import { type TestPerson, useServer } from '#test/server.ts';
import { writeRegistration } from './index.ts';

const server = useServer();
const clock = () => holdClock(server.test);
let addresses = 0;
const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
  addresses += 1;
  const as: TestPerson = { id: '', name: '', email: '', password: '', cookie: '', address: `10.7.0.${addresses}` };
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  const response = await server.api(`/api/auth/${path}`, { ...init, body: JSON.stringify(body), as });
  const cookies = response.headers.getSetCookie().map((each) => each.split(';')[0]);
  return { body: (await response.json()) as Record<string, unknown>, cookie: cookies.join('; ') };
};
const read = async (path: string) => (await server.api(`/api/auth/${path}`)).json();
const setRegistration = (to: 'open' | 'invited') => server.house.db.outside((tx) => writeRegistration(tx, to));
/** The token of the latest link to this path that was shown to the operator for this address. */
async function readToken(path: string, email: string): Promise<string> {
  await server.settle();
  const shown = server.said.findLast((text) => text.includes(email) && text.includes(`/${path}#`));
  return new RegExp(`${server.url}/${path}#([\\w-]{43})(?!\\S)`).exec(shown ?? '')?.[1] ?? '';
}
const lan = { name: 'Lan', email: 'Lan@bakery.example', password: 'quiet mornings' };

beforeEach(async () => {
  await server.house.db.pool.query('DELETE FROM auth.account_holder');
  await server.house.db.pool.query('DELETE FROM person');
  await server.house.db.pool.query('DELETE FROM auth.attempt');
  await server.house.db.pool.query('DELETE FROM auth.link');
  server.said.length = 0;
  await setRegistration('invited');
});

describe('registration', () => {
  it('is for the first person, then for nobody, then for whom the operator opens it', async () => {
    expect(await read('registration')).toEqual({ open: true, first: true, mode: 'invited', secure: false });
    expect((await post('sign-up/email', { ...lan, email: 'first@x.example' })).body).toMatchObject({
      person: { isOperator: true },
    });
    expect(await read('registration')).toEqual({ open: false, first: false, mode: 'invited', secure: false });
    expect((await post('sign-up/email', lan)).body['code']).toBe('registration-closed');
    await setRegistration('open');
    expect(await read('registration')).toMatchObject({ open: false, first: false, mode: 'open' });
    expect(await post('sign-up/email', lan)).toEqual({ body: { sent: true }, cookie: '' });
  });
});

describe('a new account where registration is open', () => {
  beforeEach(async () => {
    await post('sign-up/email', { ...lan, email: 'first@x.example' });
    await setRegistration('open');
  });

  it('is opened by the mailed link and the chosen password, in its language, and signed in', async () => {
    await post('sign-up/email', lan, { 'accept-language': 'th' });
    const early = await post('sign-in/email', { email: lan.email, password: lan.password });
    expect(early.body['code']).toBe('sign-in-refused');
    const token = await readToken('confirm', 'lan@bakery.example');
    expect(token).toHaveLength(43);
    const { body, cookie } = await post('confirm-address', { token, password: lan.password });
    expect(body).toMatchObject({
      person: { name: 'Lan', email: 'lan@bakery.example', language: 'th', isOperator: false },
    });
    const me = await server.api('/api/me', { headers: { cookie } });
    expect(me.status).toBe(200);
    const again = await post('confirm-address', { token, password: lan.password });
    expect(again.body['code']).toBe('link-spent');
  });

  it('is not opened with the password of somebody who signed up with a stranger’s address', async () => {
    await post('sign-up/email', { ...lan, password: 'the thief knows this' });
    const token = await readToken('confirm', 'lan@bakery.example');
    const refused = await post('confirm-address', { token, password: 'what Lan would choose' });
    expect(refused.body).toMatchObject({
      code: 'input-invalid',
      data: { problems: [{ field: 'password', code: 'other-password' }] },
    });
    expect((await server.house.db.pool.query('SELECT FROM auth.account_holder')).rowCount).toBe(1);
    // Lan signs up herself, and by her own link the thief's becomes worthless.
    await post('sign-up/email', lan);
    const own = await readToken('confirm', 'lan@bakery.example');
    expect(own).not.toBe(token);
    expect((await post('confirm-address', { token: own, password: lan.password })).body).toHaveProperty('person');
    const late = await post('confirm-address', { token, password: 'the thief knows this' });
    expect(late.body['code']).toBe('link-spent');
  });

  it('is told to its owner when there is one already, and changes nothing there', async () => {
    await post('sign-up/email', { ...lan, email: 'first@x.example', password: 'another password' });
    await server.settle();
    expect(server.said.join('\n')).toContain(`${server.url}/sign-in`);
    expect(server.said.join('\n')).not.toContain('/confirm#');
    const old = await post('sign-in/email', { email: 'first@x.example', password: lan.password });
    expect(old.body).toHaveProperty('person');
  });

  it('is not opened by a link that is a day old, or after registration was closed', async () => {
    await post('sign-up/email', lan);
    const token = await readToken('confirm', 'lan@bakery.example');
    await setRegistration('invited');
    const confirm = () => post('confirm-address', { token, password: lan.password });
    expect((await confirm()).body['code']).toBe('registration-closed');
    await setRegistration('open');
    await clock().advance(86_400_001);
    expect((await confirm()).body['code']).toBe('link-spent');
    await clock().advance(0);
  });

  it('sends no more mails to one address than a few an hour, and says so to everybody alike', async () => {
    for (const email of ['first@x.example', 'unknown@x.example']) {
      const codes = [];
      for (let i = 0; i < 6; i++) codes.push((await post('sign-up/email', { ...lan, email })).body['code']);
      expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 'too-many-attempts']);
    }
  });
});

describe('a forgotten password', () => {
  const email = 'lan@bakery.example';
  beforeEach(async () => {
    await post('sign-up/email', lan);
  });

  it('is replaced by the mailed link, once, and every session ends', async () => {
    const { cookie } = await post('sign-in/email', { email, password: lan.password });
    expect((await post('request-password-reset', { email })).body).toEqual({ sent: true });
    const token = await readToken('reset', email);
    const weak = await post('reset-password', { token, newPassword: 'short' });
    expect(weak.body).toMatchObject({ code: 'password-too-weak', data: { problems: [{ field: 'newPassword' }] } });
    expect((await post('reset-password', { token, newPassword: 'busy mornings' })).body).toEqual({});
    expect((await server.api('/api/me', { headers: { cookie } })).status).toBe(401);
    expect((await post('reset-password', { token, newPassword: 'busy evenings' })).body['code']).toBe('link-spent');
    expect((await post('sign-in/email', { email, password: lan.password })).body['code']).toBe('sign-in-refused');
    expect((await post('sign-in/email', { email, password: 'busy mornings' })).body).toHaveProperty('person');
  });

  it('is replaced once when the link is used twice at the same moment', async () => {
    await post('request-password-reset', { email });
    const token = await readToken('reset', email);
    const passwords = ['one new password', 'another new one', 'a third new one'];
    const answers = await Promise.all(passwords.map((newPassword) => post('reset-password', { token, newPassword })));
    const codes = answers.map(({ body }) => body['code'] ?? 'done');
    expect(codes.toSorted()).toEqual(['done', 'link-spent', 'link-spent']);
    const password = passwords[codes.indexOf('done')];
    expect((await post('sign-in/email', { email, password })).body).toHaveProperty('person');
  });

  it('leaves no other link behind, whoever asked for it, nor does a changed one', async () => {
    await post('request-password-reset', { email });
    const first = await readToken('reset', email);
    await post('request-password-reset', { email });
    const second = await readToken('reset', email);
    expect(second).not.toBe(first);
    expect((await post('reset-password', { token: first, newPassword: 'busy mornings' })).body).toEqual({});
    expect((await post('reset-password', { token: second, newPassword: 'evil mornings' })).body['code']).toBe(
      'link-spent',
    );
    await post('request-password-reset', { email });
    const third = await readToken('reset', email);
    const { cookie } = await post('sign-in/email', { email, password: 'busy mornings' });
    const change = { currentPassword: 'busy mornings', newPassword: 'calm mornings' };
    const person: TestPerson = { ...lan, id: '', cookie, address: '10.7.1.1' };
    const changed = await server.api('/api/auth/change-password', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
      as: person,
    });
    expect(changed.status).toBe(200);
    expect((await post('reset-password', { token: third, newPassword: 'evil mornings' })).body['code']).toBe(
      'link-spent',
    );
  });

  it('has an hour, and a token of which the database knows the hash only', async () => {
    await post('request-password-reset', { email });
    const token = await readToken('reset', email);
    const { rows } = await server.house.db.pool.query('SELECT to_jsonb(l)::text AS row FROM auth.link l');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(server.logged.join('\n')).not.toContain(token);
    await clock().advance(3_600_001);
    expect((await post('reset-password', { token, newPassword: 'busy mornings' })).body['code']).toBe('link-spent');
    await clock().advance(0);
  });

  it('is nothing that a stranger hears of: no mail, no link, for an unknown address', async () => {
    expect((await post('request-password-reset', { email: 'nobody@x.example' })).body).toEqual({ sent: true });
    await server.settle();
    expect(server.said).toEqual([]);
    expect((await server.house.db.pool.query('SELECT FROM auth.link')).rowCount).toBe(0);
  });
});
