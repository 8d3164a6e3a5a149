/** What calls are made with, and what renews it. */
export interface Tokens {
  access: string;
  refresh: string;
}

/**
 * The tokens after an answer, or null when it brought none to call with: then the older ones stay. Networks leave the
 * refresh token out when it stays as it is, and some send an empty one by mistake: the older one is kept. Without an older
 * one (`null`: somebody signs in) the answer must bring both. What is no text, or blank, is not there.
 */
export function takeTokens(older: Tokens | null, answer: { access?: unknown; refresh?: unknown }): Tokens | null {
  const access = readToken(answer.access);
  const refresh = readToken(answer.refresh) ?? older?.refresh ?? null;
  return access === null || refresh === null ? null : { access, refresh };
}

const readToken = (given: unknown): string | null => (typeof given === 'string' && given.trim() !== '' ? given : null);

/**
 * Whether a renewed credential has everything that the older one had: each field that said something still does. The
 * house writes no other one, whatever a connector has made of an answer.
 */
export function keepsWhole(older: unknown, newer: unknown): boolean {
  if (!saysSomething(older)) return true;
  if (!saysSomething(newer)) return false;
  if (!isFields(older)) return true;
  return isFields(newer) && Object.keys(older).every((name) => keepsWhole(older[name] ?? null, newer[name] ?? null));
}

/** Whether a credential says something, and nowhere nothing: signing in that gave less was no signing in. */
export const isFilled = (credential: unknown): boolean =>
  saysSomething(credential) &&
  !(isFields(credential) && Object.values(credential).some((it) => typeof it === 'string' && it.trim() === ''));

const isFields = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function saysSomething(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (value === null || value === undefined) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
