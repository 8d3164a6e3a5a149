import { breach, swap } from '../guard-breach.ts';

const auth = 'src/server/platform/auth/';
const http = 'src/server/platform/http/';

/** Passwords, sessions, links, and what arrives over HTTP. */
export const signInBreaches = [
  breach(
    'sessions: the token is kept in clear',
    [
      `${auth}hash-session-tokens.ts`,
      swap(/const hash = \(token: string\) => .*/, 'const hash = (token: string) => token;'),
    ],
    [`${auth}auth.test.ts`, 'a session is known to the database as a hash only'],
  ),
  breach(
    'sessions: the cookie is not tied to host and https',
    [`${auth}make-engine.ts`, swap("secure ? '__Host-goalpost' : 'goalpost'", "'goalpost'")],
    [`${auth}auth.test.ts`, 'a session has a cookie for one host and https only, or one for http'],
  ),
  breach(
    'sessions: scripts can read the cookie',
    [`${auth}make-engine.ts`, swap('httpOnly: true', 'httpOnly: false')],
    [`${auth}auth.test.ts`, 'a session has a cookie for one host and https only, or one for http'],
  ),
  breach(
    'sessions: use prolongs one for ever',
    [`${auth}create-auth.ts`, swap('sessionDays.whole * 86_400_000', 'Number.POSITIVE_INFINITY')],
    [`${auth}auth.test.ts`, 'a session ends after ninety days, however much it is used'],
  ),
  breach(
    'sessions: a new password leaves the others open',
    [`${auth}change-password.ts`, swap('await endSessions(tx, id, null);', 'endSessions.name;')],
    [`${auth}auth.test.ts`, 'a session of other devices ends when the password changes'],
  ),
  breach(
    'sessions: signing in again leaves the old one open',
    [`${auth}create-auth.ts`, swap(/if \(before\.person && before\.sessionId\) await endSession\(.*\);/, '')],
    [`${auth}passwords.test.ts`, 'signing in again gives another session and ends the one that came along'],
  ),
  breach(
    'links: the token is kept in clear',
    [
      `${auth}token.ts`,
      swap(
        /export const hashToken = .*/,
        'export const hashToken = (token: string): string => token || createHash.name;',
      ),
    ],
    [
      `${auth}registration.test.ts`,
      'a forgotten password has an hour, and a token of which the database knows the hash only',
    ],
  ),
  breach(
    'links: one is good more than once',
    [`${auth}link-store.ts`, swap('return rows.some(({ id }) => id === link.id);', 'return rows.length >= 0;')],
    [
      `${auth}registration.test.ts`,
      'a forgotten password is replaced once when the link is used twice at the same moment',
    ],
  ),
  breach(
    'same answer: an unknown address is told from a known one',
    [
      `${auth}create-auth.ts`,
      swap(
        "await requestLink(ground, { kind: 'reset-password', email }, caller);",
        "await requestLink(ground, { kind: 'reset-password', email }, caller);\n      const { rows } = await db.pool.query('SELECT FROM auth.account_holder WHERE email = $1', [email.toLowerCase()]);\n      if (rows.length === 0) return { body: { sent: false }, cookies: [] };",
      ),
    ],
    [`${auth}same-answer.test.ts`, 'get one answer in one time from request-password-reset'],
  ),
  breach(
    'guesses: they are not counted',
    [`${auth}create-auth.ts`, swap('await countSignIn(db, body.email, caller.address)', '[...[countSignIn.name]]')],
    ['test/sign-in-limits.test.ts', 'guessing a password ends after ten tries from one place'],
  ),
  breach(
    'guesses: a stranger locks the owner out',
    [`${auth}sign-in-limits.ts`, swap('if (!known) buckets.push', 'buckets.push')],
    [
      'test/sign-in-limits.test.ts',
      'an account that is guessed at from everywhere is still open to its owner where they signed in before',
    ],
  ),
  breach(
    'registration: anybody opens an account',
    [
      `${auth}sign-up.ts`,
      swap("if (!atOnce && !invited && registration === 'invited') refuse('registration-closed');", ''),
    ],
    [`${auth}auth.test.ts`, 'signing up is closed after the first person, except for an e-mail with a permit, once'],
  ),
  breach(
    'limits: calls are not counted',
    [
      `${http}answer-api.ts`,
      swap(
        "if (retryAfterSeconds !== null) refuse('too-many-attempts', { params: { retryAfterSeconds } });",
        'void retryAfterSeconds;',
      ),
    ],
    ['test/limits.test.ts', 'calls that come too fast by nobody who is known are counted by address'],
  ),
  breach(
    'other sites: their pages change things',
    [`${http}create-http.ts`, swap('assertOwnSite(c.req.method, arrival);', 'assertOwnSite.name;')],
    [`${http}plain-and-secure.test.ts`, 'a page of another site changes nothing, nor one of the same host by http'],
  ),
  breach(
    'other sites: any name that leads here is answered',
    [
      `${http}create-http.ts`,
      swap(
        '!isHealth(c.req.path) && !isOurHost(config, arrival.host)',
        "isOurHost.name === '' && isHealth(c.req.path)",
      ),
    ],
    ['test/http.test.ts', 'another site reaches nothing under a name of its own'],
  ),
  breach(
    'proxies: what anybody claims is believed',
    [`${http}find-caller.ts`, swap('const believed = isTrusted(config, remote);', 'const believed = true;')],
    [`${http}find-caller.test.ts`, 'who calls is the other end of the connection, whatever a stranger claims'],
  ),
  breach(
    'headers: the policy lets scripts stand in a page',
    [`${http}security-headers.ts`, swap(`"script-src 'self'"`, `"script-src 'self' 'unsafe-inline'"`)],
    [
      'test/headers.test.ts',
      'lets the browser load only what is named, plug-ins and base addresses never, and frames nowhere',
    ],
  ),
  breach(
    'headers: pages can be framed',
    [`${http}security-headers.ts`, swap(`, "frame-ancestors 'none'"`, '')],
    ['test/headers.test.ts', 'what each route answers with is what was looked at'],
  ),
  breach(
    'headers: answers are sniffed',
    [`${http}security-headers.ts`, swap("'x-content-type-options': 'nosniff',", '')],
    ['test/headers.test.ts', 'is not sniffed, tells others nothing of its address, and shares no window'],
  ),
  breach(
    'headers: https is not remembered',
    [`${http}security-headers.ts`, swap('options.secure ?', 'options.nonce === options.mediaOrigin ?')],
    ['test/headers.test.ts', 'is for https only from the first visit by https on, and says nothing of it on http'],
  ),
  breach(
    'bodies: any size is read',
    [
      `${http}read-body.ts`,
      (text) => text.replace(/if \(Number\(.*tooLarge\(\);/, '').replace('if (size > limit) tooLarge();', ''),
    ],
    ['test/http.test.ts', 'a refusal answers a body that is too large, before reading all of it'],
  ),
  breach(
    'repeats: a call under one key runs again',
    [
      `${http}answer-once.ts`,
      swap("if (claim.kind === 'answered') {", "if (claim.kind === 'answered' && key === '') {"),
    ],
    [`${http}answer-once.test.ts`, 'a call under an idempotency key is run once and answered the same again'],
  ),
  breach(
    'repeats: a secret that is shown once is kept',
    [`${http}answer-once.ts`, swap("'apiKeys.create': 'secret',", '')],
    [`${http}answer-once.test.ts`, 'a call under an idempotency key keeps no secret that is shown once'],
  ),
];
