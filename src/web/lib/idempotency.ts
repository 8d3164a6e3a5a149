/** Keys of calls that were sent and not answered, by operation and input. */
const unanswered = new Map<string, string>();

/**
 * The `Idempotency-Key` of a call. The same call made again while the first was never answered gets the same key, so
 * that pressing a button twice on a bad line does a thing once.
 */
export function keyFor(operation: string, input: unknown): string {
  const call = nameCall(operation, input);
  if (call === null) return makeKey();
  const known = unanswered.get(call);
  if (known !== undefined) return known;
  const key = makeKey();
  unanswered.set(call, key);
  return key;
}

/** Tells that a call was answered: the next one like it is a new one. */
export function forgetKey(operation: string, input: unknown): void {
  const call = nameCall(operation, input);
  if (call !== null) unanswered.delete(call);
}

/** 128 random bits in hex; `crypto.randomUUID` is missing on plain http outside the own machine. */
export function makeKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function nameCall(operation: string, input: unknown): string | null {
  const hasFile = typeof input === 'object' && input !== null && Object.values(input).some((it) => it instanceof Blob);
  return hasFile ? null : `${operation} ${JSON.stringify(input)}`;
}
