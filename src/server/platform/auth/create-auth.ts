import type { Language } from '#contract/terms.ts';
import { refuse, refuseField } from '../context/index.ts';
import type { Database } from '../db/index.ts';
import type { Log } from '../log/index.ts';
import { chooseLanguage } from '../texts/index.ts';
import { type AuthRoute, authRoutes } from './auth-routes.ts';
import { refuseForEngine, refusePassword } from './engine-refusals.ts';
import { callerHeader, type Engine, engineAddress, makeEngine, passwordLength } from './make-engine.ts';
import { changePerson, dropExpiredSessions, findPerson, mayRegister, type Person } from './person-store.ts';

/** Who asks, as the http layer has established it. */
export interface Caller {
  /** Internet address, after trusted proxies. */
  address: string;
  /** Whether they came by https. */
  secure: boolean;
  headers: Headers;
}

export interface AuthAnswer {
  body: unknown;
  /** `Set-Cookie` values to pass on. */
  cookies: string[];
}

/** Sign-in: who people are. What they may do is not decided here. */
export interface Auth {
  /** The person of a request's session, with the cookies that renew or end it; null when nobody is signed in. */
  findSignedIn(caller: Caller): Promise<{ person: Person | null; cookies: string[] }>;
  /** Answers one of `authRoutes`, its body parsed; throws refusals. Origin has been checked before. */
  answer(route: AuthRoute, body: Record<string, unknown>, caller: Caller): Promise<AuthAnswer>;
}

/** Makes sign-in over the house's database. The engine itself is made when somebody first needs it. */
export function createAuth({ db, log, secret }: { db: Database; log: Log; secret: string }): Auth {
  const engines = new Map<boolean, Promise<Engine>>();
  const engineFor = (secure: boolean): Promise<Engine> => {
    const known = engines.get(secure) ?? makeEngine({ db, log, secret, secure });
    engines.set(secure, known);
    known.catch(() => engines.delete(secure));
    return known;
  };

  const findSignedIn: Auth['findSignedIn'] = async (caller) => {
    const cookie = caller.headers.get('cookie');
    if (!cookie?.includes('goalpost')) return { person: null, cookies: [] };
    const engine = await engineFor(caller.secure);
    const { headers, response } = await engine.api.getSession({
      headers: new Headers({ cookie }),
      returnHeaders: true,
    });
    const person = response ? await db.outside((tx) => findPerson(tx, response.user.id)) : null;
    return { person, cookies: headers.getSetCookie() };
  };

  return {
    findSignedIn,
    async answer(route, body, caller) {
      if (route === 'get-session') {
        const { person, cookies } = await findSignedIn(caller);
        return { body: { person }, cookies };
      }
      checkPassword(route, body);
      if (route === 'sign-up' && !(await db.outside((tx) => mayRegister(tx, String(body['email'])))))
        refuse('registration-closed');
      const response = await (await engineFor(caller.secure)).handler(engineRequest(route, body, caller));
      const said = (await response.json().catch(() => null)) as EngineAnswer | null;
      if (!response.ok) {
        if (said?.code === 'FAILED_TO_CREATE_USER') await refuseUnmade(db, body);
        const retryAfter = Number(response.headers.get('x-retry-after'));
        refuseForEngine(response.status, said?.code, retryAfter > 0 ? retryAfter : null);
      }
      const personId = said?.user?.id;
      const language = chooseLanguage(caller.headers.get('accept-language'));
      const person = personId ? await db.outside((tx) => welcome(tx, route, personId, language)) : null;
      return { body: route === 'sign-out' ? {} : { person }, cookies: response.headers.getSetCookie() };
    },
  };
}

/** What we read of the engine's answers; its session token is never passed on in a body. */
interface EngineAnswer {
  code?: string;
  user?: { id: string };
}

function engineRequest(route: AuthRoute, body: Record<string, unknown>, caller: Caller): Request {
  const headers = new Headers({
    'content-type': 'application/json',
    origin: new URL(engineAddress).origin,
    [callerHeader]: caller.address,
  });
  for (const name of ['cookie', 'user-agent']) {
    const value = caller.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  // Whoever changes a password because someone else knows it wants that someone out.
  const sent = route === 'change-password' ? { ...body, revokeOtherSessions: true } : body;
  const { method, path } = authRoutes[route];
  return new Request(`${engineAddress}${path}`, { method, headers, body: JSON.stringify(sent) });
}

function checkPassword(route: AuthRoute, body: Record<string, unknown>): void {
  const field = route === 'sign-up' ? 'password' : route === 'change-password' ? 'newPassword' : null;
  if (field === null) return;
  const { length } = String(body[field]);
  if (length < passwordLength.min) refusePassword(field);
  if (length > passwordLength.max) refuseField(field, 'too-long', { max: passwordLength.max });
}

/** The account could not be made because someone else was first: with the e-mail, or as the first person. */
async function refuseUnmade(db: Database, body: Record<string, unknown>): Promise<void> {
  const open = await db.outside((tx) => mayRegister(tx, String(body['email'])));
  if (!open) refuse('registration-closed');
}

async function welcome(
  tx: Parameters<typeof findPerson>[0],
  route: AuthRoute,
  personId: string,
  language: Language,
): Promise<Person | null> {
  if (route === 'sign-up') await changePerson(tx, personId, { language });
  if (route === 'sign-in') await dropExpiredSessions(tx);
  return findPerson(tx, personId);
}
