import type { SessionId } from '#contract/ids.ts';
import { refuse } from '../context/index.ts';
import { askEngine } from './ask-engine.ts';
import type { AuthGround } from './auth-ground.ts';
import type { AuthBody, AuthRoute } from './auth-routes.ts';
import type { Caller } from './caller.ts';
import { changePassword } from './change-password.ts';
import { confirmNewAddress } from './confirm-address.ts';
import { type Engine, makeEngine } from './make-engine.ts';
import { findPassword, findPerson, type Person } from './person-store.ts';
import { requestLink } from './request-link.ts';
import { resetPassword } from './reset-password.ts';
import { endNewSession, endSession, sessionDays } from './session-store.ts';
import { countSignIn, welcomeSignIn } from './sign-in-limits.ts';
import { signUp } from './sign-up.ts';

export interface AuthAnswer {
  body: unknown;
  /** `Set-Cookie` values to pass on. */
  cookies: string[];
}

/** Whose session a request came by; null when nobody is signed in. */
export interface SignedInPerson {
  person: Person | null;
  sessionId: SessionId | null;
  /** Cookies that renew or end the session. */
  cookies: string[];
}

/** Sign-in: who people are. What they may do is not decided here. */
export interface Auth {
  findSignedIn(caller: Pick<Caller, 'secure' | 'headers'>): Promise<SignedInPerson>;
  /** Answers one of `authRoutes`, its body parsed; throws refusals. Origin has been checked before. */
  answer(route: AuthRoute, body: Record<string, unknown>, caller: Caller): Promise<AuthAnswer>;
}

/** Makes sign-in over the house's database. The engine itself is made when somebody first needs it. */
export function createAuth(ground: AuthGround): Auth {
  const { db, log, secret } = ground;
  const engines = new Map<boolean, Promise<Engine>>();
  const engineFor = (secure: boolean): Promise<Engine> => {
    const known = engines.get(secure) ?? makeEngine({ db, log, secret, secure });
    engines.set(secure, known);
    known.catch(() => engines.delete(secure));
    return known;
  };

  const findSignedIn: Auth['findSignedIn'] = async (caller) => {
    const nobody = { person: null, sessionId: null };
    const cookie = caller.headers.get('cookie');
    if (!cookie?.includes('goalpost')) return { ...nobody, cookies: [] };
    const engine = await engineFor(caller.secure);
    const { headers, response } = await engine.api.getSession({
      headers: new Headers({ cookie }),
      returnHeaders: true,
    });
    if (!response) return { ...nobody, cookies: headers.getSetCookie() };
    const { session, user } = response;
    if (Date.now() - session.createdAt.getTime() > sessionDays.whole * 86_400_000) {
      await db.outside((tx) => endSession(tx, user.id, session.id));
      return { ...nobody, cookies: [] };
    }
    const person = await db.outside((tx) => findPerson(tx, user.id));
    return { person, sessionId: person && (session.id as SessionId), cookies: headers.getSetCookie() };
  };

  /**
   * Lets somebody in whose password is right, and answers who it is. The session they came with ends. A new password that
   * came meanwhile counts: it has ended every session there was, and this one had not been written yet.
   */
  const enter = async (
    body: AuthBody<'sign-in'>,
    caller: Caller,
    counted: readonly string[] = [],
  ): Promise<AuthAnswer> => {
    const { email, password, rememberMe } = body;
    const engine = await engineFor(caller.secure);
    const right = await db.outside((tx) => findPassword(tx, email));
    const { personId, cookies } = await askEngine(engine, 'sign-in', { email, password, rememberMe }, caller);
    const before = await findSignedIn(caller);
    const person = await db.outside(async (tx) => {
      if ((await findPassword(tx, email, { hold: 'share' })) !== right) {
        await endNewSession(tx, cookies);
        return null;
      }
      await welcomeSignIn(tx, { email, address: caller.address, counted });
      if (before.person && before.sessionId) await endSession(tx, before.person.id, before.sessionId);
      return personId === null ? null : findPerson(tx, personId);
    });
    if (!person) refuse('sign-in-refused');
    return { body: { person }, cookies };
  };

  const answers: { [R in AuthRoute]: (body: AuthBody<R>, caller: Caller) => Promise<AuthAnswer> } = {
    async 'sign-up'(body, caller) {
      const outcome = await signUp(ground, body, caller);
      return outcome === 'opened' ? enter(body, caller) : { body: { sent: true }, cookies: [] };
    },
    async 'confirm-address'(body, caller) {
      const email = await confirmNewAddress(ground, body, caller);
      return enter({ email, password: body.password, rememberMe: body.rememberMe }, caller);
    },
    async 'sign-in'(body, caller) {
      return enter(body, caller, await countSignIn(db, body.email, caller.address));
    },
    async 'sign-out'(_body, caller) {
      const { cookies } = await askEngine(await engineFor(caller.secure), 'sign-out', {}, caller);
      return { body: {}, cookies };
    },
    async 'get-session'(_body, caller) {
      const { person, cookies } = await findSignedIn(caller);
      return { body: { person, secure: caller.secure }, cookies };
    },
    async 'change-password'(body, caller) {
      const { person } = await findSignedIn(caller);
      if (!person) refuse('signed-out');
      await changePassword(ground, body, person);
      // A session that was to end with the browser is followed by one of its kind.
      const rememberMe = !caller.headers.get('cookie')?.includes('goalpost-brief=');
      return enter({ email: person.email, password: body.newPassword, rememberMe }, caller);
    },
    async 'request-password-reset'({ email }, caller) {
      await requestLink(ground, { kind: 'reset-password', email }, caller);
      return { body: { sent: true }, cookies: [] };
    },
    async 'reset-password'(body, caller) {
      await resetPassword(ground, body, caller);
      return { body: {}, cookies: [] };
    },
  };

  return {
    findSignedIn,
    answer(route, body, caller) {
      const answer = answers[route] as (body: Record<string, unknown>, caller: Caller) => Promise<AuthAnswer>;
      return answer(body, caller);
    },
  };
}
