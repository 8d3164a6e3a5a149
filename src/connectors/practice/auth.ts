import { cleanLine } from '../kit/clean-text.ts';
import type { AccountCall, AuthFacet, Call, Connected, Renewed } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok, refuse } from '../kit/faults.ts';
import type { HttpFailure, HttpResponse } from '../kit/http.ts';
import { readFailure } from '../kit/read-failure.ts';
import { type Tokens, takeTokens } from '../kit/rules/index.ts';
import { callServer, shapeRequest } from './call-server.ts';
import { type Credential, readCredential, unreadableCredential } from './credential.ts';
import { readFault, readRenewalFault } from './faults.ts';
import { RenewedSession, Session } from './wire.ts';

/** Signing in with handle and password, at a practice network on this machine or another one. */
export const auth = { kind: 'form', connect, refresh } satisfies AuthFacet;

async function connect(call: Call, values: Record<string, string>): Promise<Outcome<Connected, Fault>> {
  const server = readServer(values['server'] ?? '');
  if (server === null) return fail(refuse('server', 'server-invalid', 'No web address'));
  const handle = cleanLine(values['identifier'] ?? '', 100)
    .replace(/^@/, '')
    .toLowerCase();
  if (handle === '') return fail(refuse('identifier', 'required', 'No handle'));
  const password = values['password'] ?? '';
  if (password === '') return fail(refuse('password', 'required', 'No password'));

  const json = { handle, password };
  const exchange = await call.http.request(shapeRequest(call, { method: 'POST', server, path: '/sessions', json }));
  if (!exchange.ok) return fail(readUnreached(exchange.failure, server));
  const { response } = exchange;
  if (response.status > 299) return fail(readRefusedSignIn(response) ?? readFault(response, call.now));
  const session = Session.safeParse(response.json());
  if (!session.success) return fail(refuse('server', 'server-unsuitable', session.error.message));
  const { account, accessToken: access, refreshToken: refresh } = session.data;
  return ok({
    account: {
      remoteId: account.id,
      handle: account.handle,
      name: cleanLine(account.name, 100) || account.handle,
      address: `${server}/@${account.handle}`,
      server,
    },
    credential: asCredential(account, { access, refresh }, server),
    ...readEnds(session.data, call),
    scopes: [],
    quota: account.quota ?? null,
  });
}

async function refresh(call: AccountCall): Promise<Outcome<Renewed, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const { server, refreshToken } = credential;
  const what = { method: 'POST', server, path: '/sessions/refresh', json: { refreshToken } } as const;
  const renewed = await callServer(call, what, RenewedSession, (response) => readRenewalFault(response, call.now));
  if (!renewed.ok) return renewed;
  if (renewed.value.account.id !== credential.accountId) {
    return fail({ kind: 'contract-broken', path: 'account.id', said: 'The network answered for another account.' });
  }
  const { account, accessToken, refreshToken: newRefreshToken } = renewed.value;
  const older = { access: credential.accessToken, refresh: refreshToken };
  const tokens = takeTokens(older, { access: accessToken, refresh: newRefreshToken });
  if (!tokens) {
    const words = 'The network answered without an access token.';
    return fail({ kind: 'contract-broken', path: 'accessToken', said: words });
  }
  return ok({ credential: asCredential(account, tokens, server), ...readEnds(renewed.value, call) });
}

const asCredential = (account: Session['account'], { access, refresh }: Tokens, server: string): Credential => ({
  accessToken: access,
  refreshToken: refresh,
  server,
  accountId: account.id,
  handle: account.handle,
  kind: account.kind,
});

/** The network says how long things last; by its clock and ours alike. */
function readEnds({ expiresIn, endsIn }: Pick<Session, 'expiresIn' | 'endsIn'>, { now }: Call) {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
  return { expiresAt: after(expiresIn), endsAt: endsIn === null ? null : after(endsIn) };
}

/** The origin of what a person entered: `127.0.0.1:4455`, `http://127.0.0.1:4455/`; null when it is no web address. */
function readServer(entered: string): string | null {
  const written = entered.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  if (written === '' || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isWeb = (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
  return isWeb ? url.origin : null;
}

/** A practice network usually lives on this machine, which Goalpost calls only when it is told that it may. */
function readUnreached(failure: HttpFailure, server: string): Fault {
  if (failure.kind === 'refused-by-house') {
    const words = `${server} is a private address. Set GOALPOST_PRIVATE_RANGES=127.0.0.0/8 and start Goalpost again.`;
    return refuse('server', 'address-not-allowed', words);
  }
  if (failure.kind === 'connect') {
    const words = `Nothing answers at ${server}. Start the practice network: npm run goalpost -- practice`;
    return refuse('server', 'server-silent', words);
  }
  return readFailure(failure);
}

function readRefusedSignIn(response: HttpResponse): Fault | null {
  if (response.status === 401) return refuse('password', 'sign-in-refused', 'Handle and password do not go together.');
  if (response.status === 404 || response.status === 405 || response.status < 400) {
    return refuse('server', 'server-unsuitable', `${response.status}`);
  }
  return null;
}
