import { authRoutes } from './auth-routes.ts';
import type { Caller } from './caller.ts';
import { refuseForEngine } from './engine-refusals.ts';
import { callerHeader, type Engine, engineAddress } from './make-engine.ts';

/** What we read of the engine's answers; its session token is never passed on in a body. */
interface EngineAnswer {
  code?: string;
  user?: { id: string };
}

/** Asks the sign-in library for one thing on the caller's behalf. Throws refusals of ours. */
export async function askEngine(
  engine: Engine,
  route: 'sign-in' | 'sign-out',
  body: Record<string, unknown>,
  caller: Caller,
): Promise<{ personId: string | null; cookies: string[] }> {
  const response = await engine.handler(engineRequest(route, body, caller));
  const said = (await response.json().catch(() => null)) as EngineAnswer | null;
  if (!response.ok) refuseForEngine(response.status, said?.code);
  return { personId: said?.user?.id ?? null, cookies: response.headers.getSetCookie() };
}

function engineRequest(route: Parameters<typeof askEngine>[1], body: Record<string, unknown>, caller: Caller): Request {
  const headers = new Headers({
    'content-type': 'application/json',
    origin: new URL(engineAddress).origin,
    [callerHeader]: caller.address,
  });
  for (const name of ['cookie', 'user-agent']) {
    const value = caller.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const { method, path } = authRoutes[route];
  return new Request(`${engineAddress}${path}`, { method, headers, body: JSON.stringify(body) });
}
