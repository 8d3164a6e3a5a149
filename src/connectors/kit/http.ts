/** A request of a connector. Exactly one of `json`, `form`, `bytes` or none. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  bytes?: Uint8Array;
  signal: AbortSignal;
  /** Largest answer that is read; default 2 MiB. Larger is a `response` failure. */
  maxBytes?: number;
  /** Time for the whole exchange in ms; default 30 000. */
  timeoutMs?: number;
  /** Runs in the same tick as the write of the request; throwing sends nothing (`reached: 'no'`). */
  beforeWrite?: () => void;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  bytes: Uint8Array;
  text(): string;
  /** The body as JSON, or undefined when it is not JSON. Parse it with a schema before use. */
  json(): unknown;
}

/** The exchange did not complete. HTTP statuses are not failures here. */
export interface HttpFailure {
  kind: 'refused-by-house' | 'connect' | 'timeout' | 'reset' | 'response' | 'aborted' | 'guard';
  /** `no`: not one byte of the request can have been accepted. */
  reached: 'no' | 'unknown';
  detail: string;
}

export interface Http {
  request(request: HttpRequest): Promise<{ ok: true; response: HttpResponse } | { ok: false; failure: HttpFailure }>;
}
