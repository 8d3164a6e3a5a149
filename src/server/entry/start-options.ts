import type { Config } from '#server/platform/config/index.ts';
import type { Limits } from '#server/platform/http/index.ts';
import type { Log } from '#server/platform/log/index.ts';

/** What a start is given. */
export interface StartOptions {
  config: Config;
  log: Log;
  version: string;
  /** What a person who waits is told. */
  say: (line: string) => void;
  /** How many calls each caller may make in a time; what is right for people unless given. */
  limits?: Limits;
  /** Ends a start that is under way, in order; the promise then rejects with its reason. */
  signal: AbortSignal;
}
