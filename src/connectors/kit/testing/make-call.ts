import type { AccountCall, Call, Connected } from '../contract.ts';
import type { Http } from '../http.ts';

/** A call as the house makes it, with a log that says nothing. */
export function makeCall(http: Http, now = new Date()): Call {
  const quiet = (): void => undefined;
  return { http, now, log: { debug: quiet, warn: quiet }, signal: AbortSignal.timeout(30_000) };
}

/** The same on behalf of a connected account. */
export function makeAccountCall(http: Http, connected: Pick<Connected, 'account' | 'credential'>): AccountCall {
  return { ...makeCall(http), account: connected.account, credential: connected.credential };
}
