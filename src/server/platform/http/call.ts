import type { Language } from '#contract/terms.ts';
import type { Log } from '../log/index.ts';
import type { Arrival } from './find-caller.ts';
import type { Standing } from './rate-limits.ts';

/** What is known of a request from its first moment on. */
export interface Call {
  requestId: string;
  arrival: Arrival;
  /** As the browser asks; a signed-in person's own choice goes before it. */
  language: Language;
  styleNonce: string;
  log: Log;
  /** For the access log, once it is known. */
  operation?: string;
  /** How the caller stands with the limits, once the call is counted. */
  standing?: Standing;
}

/** What the app's routes find in Hono's context. */
export interface HttpEnv {
  Bindings: { incoming?: { socket: { remoteAddress?: string; localPort?: number } } };
  Variables: { call: Call };
}
