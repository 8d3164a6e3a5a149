/** How the outside failed us. Data, stored on the delivery; `publishing` decides what follows. */
export type Fault = { /** The vendor's words, at most 500 characters, for the log and the curious. */ said: string } & (
  | { kind: 'credential-rejected' }
  | { kind: 'permission-missing'; permission: string }
  | { kind: 'rate-limited'; retryAt: Date | null; scope: 'call' | 'day' | 'app' }
  | { kind: 'content-rejected'; field: string; reason: string }
  | { kind: 'duplicate'; existingId: string | null }
  | { kind: 'still-processing'; token: string }
  | { kind: 'temporarily-down' }
  | { kind: 'outcome-unknown' }
  | { kind: 'contract-broken'; path: string }
);

export type FaultKind = Fault['kind'];

/**
 * A fault of a send. `no`: provably nothing became public. `unknown`: it may have (5xx, a lost answer, a 2xx whose body
 * does not parse, a refusal that can follow a live post).
 */
export type SendFault = Fault & { reached: 'no' | 'unknown' };

export type Outcome<T, F> = { ok: true; value: T } | { ok: false; fault: F };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const fail = <F>(fault: F): { ok: false; fault: F } => ({ ok: false, fault });

/** A refusal of what a field says. */
export const refuse = (field: string, reason: string, words: string): Fault => ({
  kind: 'content-rejected',
  field,
  reason,
  said: said(words),
});

/** Cuts the vendor's words to what we keep. */
export const said = (text: string): string =>
  text
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .slice(0, 500)
    .toWellFormed();
