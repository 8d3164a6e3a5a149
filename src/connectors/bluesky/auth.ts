import { z } from 'zod';
import { cleanLine } from '../kit/clean-text.ts';
import type { AccountCall, AuthFacet, Call, Connected, Renewed } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok, refuse } from '../kit/faults.ts';
import type { HttpResponse } from '../kit/http.ts';
import { takeTokens } from '../kit/rules/index.ts';
import { profileAddress } from './addresses.ts';
import { callServer } from './call-server.ts';
import { type Credential, readCredential, unreadableCredential } from './credential.ts';
import { readErrorBody, readRenewalFault } from './faults.ts';
import { Profile, RenewedSession, Session } from './wire.ts';

/** Signing in with an app password, at any account server of the AT Protocol. */
export const auth = { kind: 'form', connect, refresh } satisfies AuthFacet;

const defaultServer = 'https://bsky.social';

async function connect(call: Call, values: Record<string, string>): Promise<Outcome<Connected, Fault>> {
  const server = readServer(values['server'] ?? '');
  if (server === null) return fail(refuse('server', 'server-invalid', 'No web address'));
  const identifier = readIdentifier(values['identifier'] ?? '', server);
  if (identifier === '') return fail(refuse('identifier', 'required', 'No handle'));
  const password = (values['password'] ?? '').trim();
  if (password === '') return fail(refuse('password', 'required', 'No app password'));

  const entered = await callServer(
    call,
    { server, method: 'com.atproto.server.createSession', json: { identifier, password } },
    Session,
    readRefusedSignIn,
  );
  if (!entered.ok) return fail(asServerProblem(entered.fault));
  const session = entered.value;
  if (session.active === false) {
    const words = 'The account is deactivated, suspended or taken down.';
    return fail({ kind: 'permission-missing', permission: 'account-active', said: words });
  }
  const { accessJwt, refreshJwt } = session;
  const credential = { accessJwt, refreshJwt, did: session.did, pds: readOwnServer(session, server) };
  const name = await findName(call, credential);
  return ok({
    account: {
      remoteId: session.did,
      handle: session.handle,
      name: name || session.handle,
      address: profileAddress(session.handle, session.did),
      server: credential.pds,
    },
    credential,
    expiresAt: readExpiry(accessJwt),
    endsAt: readExpiry(refreshJwt),
    scopes: [],
  });
}

async function refresh(call: AccountCall): Promise<Outcome<Renewed, Fault>> {
  const credential = readCredential(call.credential);
  if (!credential) return fail(unreadableCredential);
  const renewed = await callServer(
    call,
    {
      server: credential.pds,
      method: 'com.atproto.server.refreshSession',
      token: credential.refreshJwt,
      post: true,
    },
    RenewedSession,
    (response) => readRenewalFault(response, call.now),
  );
  if (!renewed.ok) return renewed;
  const older = { access: credential.accessJwt, refresh: credential.refreshJwt };
  const tokens = takeTokens(older, { access: renewed.value.accessJwt, refresh: renewed.value.refreshJwt });
  if (!tokens) {
    const words = 'The server answered without an access token.';
    return fail({ kind: 'contract-broken', path: 'com.atproto.server.refreshSession accessJwt', said: words });
  }
  if (renewed.value.did !== credential.did) {
    const words = 'The server answered for another account.';
    return fail({ kind: 'contract-broken', path: 'com.atproto.server.refreshSession did', said: words });
  }
  return ok({
    credential: { ...credential, accessJwt: tokens.access, refreshJwt: tokens.refresh },
    expiresAt: readExpiry(tokens.access),
    endsAt: readExpiry(tokens.refresh),
  });
}

/** The origin of what a person entered: `bsky.social`, `https://pds.example/`; null when it is no web address. */
function readServer(entered: string): string | null {
  const written = entered.trim() || defaultServer;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isWeb = (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
  return isWeb && /^(localhost|.*[.:].*)$/.test(url.hostname) && !/[^a-z0-9.:[\]-]/.test(url.hostname)
    ? url.origin
    : null;
}

/** Copied handles carry an @ and invisible direction marks; a bare name belongs to the server it is entered for. */
function readIdentifier(entered: string, server: string): string {
  const written = cleanLine(entered, 300).replace(/\s/g, '').replace(/^@/, '').toLowerCase();
  const isBare = written !== '' && !/[.@:]/.test(written);
  return isBare ? `${written}.${new URL(server).hostname}` : written;
}

/**
 * The account's own server, which its identity document names: accounts of bsky.social live on many. What would lead
 * from https to an open line, or names no web address, is not followed.
 */
function readOwnServer(session: Session, server: string): string {
  const named = session.didDoc?.service.find(
    ({ id, type }) => id.endsWith('#atproto_pds') && type === 'AtprotoPersonalDataServer',
  );
  if (!named || !URL.canParse(named.serviceEndpoint)) return server;
  const { protocol, origin } = new URL(named.serviceEndpoint);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && server.startsWith('http:'));
  return isSafe ? origin : server;
}

/** The name beside the handle. Connecting does not fail for want of it. */
async function findName(call: Call, { pds, did, accessJwt }: Credential): Promise<string> {
  const profile = await callServer(
    call,
    { server: pds, method: 'app.bsky.actor.getProfile', token: accessJwt, query: [['actor', did]] },
    Profile,
  );
  return profile.ok ? cleanLine(profile.value.displayName ?? '', 100) : '';
}

/** When a token ends, read from it without trusting it: at worst it is renewed too early or too late. */
function readExpiry(token: string): Date | null {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims = z.object({ exp: z.int().min(0).max(1e11) }).safeParse(JSON.parse(atob(payload)));
    return claims.success ? new Date(claims.data.exp * 1_000) : null;
  } catch {
    return null;
  }
}

function readRefusedSignIn(response: HttpResponse): Fault | null {
  const { error = '', message = '' } = readErrorBody(response);
  const words = `${response.status} ${error} ${message}`;
  if (error === 'AuthFactorTokenRequired') return refuse('password', 'app-password-needed', words);
  if (error === 'AccountTakedown') return null;
  if (response.status === 401) return refuse('password', 'sign-in-refused', words);
  if (response.status === 400) return refuse('identifier', 'identifier-invalid', words);
  if (response.status === 404 || response.status === 405 || (response.status < 400 && response.status >= 300)) {
    return refuse('server', 'server-unsuitable', words);
  }
  return null;
}

/** A server that answers something else altogether is the wrong address rather than a changed contract. */
function asServerProblem(fault: Fault): Fault {
  return fault.kind === 'contract-broken' ? refuse('server', 'server-unsuitable', fault.said) : fault;
}
