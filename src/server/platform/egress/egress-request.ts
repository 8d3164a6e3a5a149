import type { Answered, EgressFailed, EgressRefused } from './exchange.ts';

export interface EgressRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  signal?: AbortSignal;
  /** For the whole exchange, redirects included; 10 000 when absent. */
  timeoutMs?: number;
  /** Largest body that is read; 1 MiB when absent. */
  maxBytes?: number;
  /** How many redirects of a GET or HEAD are followed; none when absent, and the redirect itself is the answer. */
  maxRedirects?: number;
  /** Runs in the same tick as the write; throwing sends nothing. */
  beforeWrite?: () => void;
  /** For addresses out of the settings only, never for one that a person typed. */
  toNamedHost?: boolean;
}

/** An answer, whatever its status, or the reason why there is none. Nothing is thrown. */
export type EgressAnswer = EgressAnswered | EgressRefused | EgressFailed;

export interface EgressAnswered extends Answered {
  /** The address that answered, after redirects. */
  url: string;
  text(): string;
}
