import { expect, test } from 'vitest';
import { createLog, type LogOptions } from './index.ts';

function logTo(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({ level: 'trace', to: { write: (line) => lines.push(line) }, ...options });
  return { log, lines, all: () => lines.join('') };
}

const CANARY = 'canary-5f1c0b77a9';
const JWT = 'eyJhbGciOiJFUzI1NksifQ.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';

test.each([
  ['a header', { authorization: `Bearer ${CANARY}` }, ''],
  ['a cookie', { cookie: `session=${CANARY}` }, ''],
  ['a password', { password: CANARY }, ''],
  ['a token', { token: CANARY, accessJwt: CANARY, refreshJwt: CANARY, tokenId: CANARY }, ''],
  ['an object nobody looked at', { detail: { password: CANARY }, status: { deep: [{ token: CANARY }] } }, ''],
  ['an address with a password', { url: `postgres://owner:${CANARY}@db/goalpost` }, ''],
  ['a query', { url: `https://example.org/cb?code=${CANARY}&x=1#access_token=${CANARY}` }, ''],
  ['a list', { reasons: [`password=${CANARY}`] }, ''],
  ['the message', {}, `answered with Authorization: Bearer ${CANARY}`],
  ['the message as JSON', {}, `{"accessJwt":"${CANARY}","password": "${CANARY}"}`],
  ['an error', { err: new Error(`token=${CANARY}`, { cause: new Error(`basic ${CANARY}`) }) }, ''],
  ["an error's other fields", { err: Object.assign(new Error('x'), { config: { password: CANARY } }) }, ''],
])('lets no secret through in %s', (_where, fields, message) => {
  const { log, all } = logTo();
  log.info(fields, message);
  log.child(fields).warn({}, 'child');
  expect(all()).not.toContain(CANARY);
});

test('lets no JSON Web Token through, wherever it stands', () => {
  const { log, all } = logTo();
  log.error({ err: new Error(`refused ${JWT}`), reason: JWT }, `got ${JWT}`);
  expect(all()).not.toContain('eyJ');
});

test('unless told otherwise says to people only what is wrong, and to machines each call', () => {
  const people = logTo({ level: null, pretty: true });
  people.log.info({}, 'answered');
  people.log.warn({}, 'late');
  expect(people.all()).toMatch(/^\S+ warn {2}late\n$/);
  const machine = logTo({ level: null });
  machine.log.info({}, 'answered');
  expect(machine.lines).toHaveLength(1);
});

test('takes out the values it was told to hide', () => {
  const { log, all } = logTo({ secrets: [CANARY] });
  log.info({ reason: `plain ${CANARY}`, path: CANARY, err: new Error(CANARY) }, CANARY);
  log.child({ path: CANARY }).info({}, 'x');
  expect(all()).not.toContain(CANARY);
  expect(all()).toContain('[hidden]');
});

test('keeps what the list allows and names what it left out', () => {
  const { log, lines } = logTo();
  log.child({ workspaceId: 'w1' }).info({ deliveryId: 'd1', tookMs: 5, body: 'text', err: new Error('no') }, 'sent');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    msg: 'sent',
    workspaceId: 'w1',
    deliveryId: 'd1',
    tookMs: 5,
    dropped: ['body'],
    err: { name: 'Error', message: 'no' },
  });
});

test('says nothing below its level', () => {
  const { log, lines } = logTo({ level: 'warn' });
  log.info({}, 'quiet');
  log.warn({}, 'loud');
  expect(lines).toHaveLength(1);
});

test('prints lines for people', () => {
  const { log, all } = logTo({ pretty: true });
  log.warn({ port: 4400, reason: 'in use', err: new Error('first', { cause: new Error('second') }) }, 'cannot listen');
  expect(all()).toMatch(/^\d\d:\d\d:\d\d warn {2}cannot listen port=4400 reason="in use"\n {2}Error: first\n/);
  expect(all()).toContain('because:\n  Error: second');
});
