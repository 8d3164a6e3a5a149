import { ORPCError } from '@orpc/client';
import { decodeRefusal } from './failure.ts';
import { spoken } from './languages.ts';

/** Who may open an account, and how the call came. */
export interface Registration {
  /** Nobody has an account yet: whoever signs up runs the installation. */
  first: boolean;
  mode: 'invited' | 'open';
  /** The call came encrypted. */
  secure: boolean;
}

/** Somebody who is signed in. */
export interface SignedIn {
  id: string;
  name: string;
  email: string;
}

/** Opens an account. `opened`: and is signed in; `sent`: a link by mail confirms the address first. */
export async function signUp(input: {
  name: string;
  email: string;
  password: string;
  invitation?: string;
}): Promise<'opened' | 'sent'> {
  const answer = await post('sign-up/email', input);
  return 'sent' in answer ? 'sent' : 'opened';
}

/** Signs in with e-mail and password. Throws the same failures as every operation, as do all of these. */
export const signIn = (input: { email: string; password: string }): Promise<unknown> => post('sign-in/email', input);

/** Ends the session of this browser. */
export const signOut = (): Promise<unknown> => post('sign-out', {});

/** Opens the account that a mailed link confirms, and is signed in. */
export const confirmAddress = (input: { token: string; password: string }): Promise<unknown> =>
  post('confirm-address', input);

/** Asks for a link for a new password. The answer is the same whether the address is known or not. */
export const requestReset = (input: { email: string }): Promise<unknown> => post('request-password-reset', input);

/** Sets a new password by a mailed link; every session ends. */
export const resetPassword = (input: { token: string; newPassword: string }): Promise<unknown> =>
  post('reset-password', input);

/** Changes the password of whoever is signed in; every other session ends. */
export const changePassword = (input: { currentPassword: string; newPassword: string }): Promise<unknown> =>
  post('change-password', input);

/** How signing up stands here. */
export const fetchRegistration = (): Promise<Registration> => ask<Registration>('registration', null);

/** Who is signed in, or null; without the screen being led to signing in. */
export async function fetchSignedIn(): Promise<SignedIn | null> {
  const { person } = await ask<{ person: SignedIn | null }>('get-session', null);
  return person;
}

const post = (path: string, body: object): Promise<object> => ask<object>(path, body);

async function ask<T>(path: string, body: object | null): Promise<T> {
  const response = await fetch(`/api/auth/${path}`, {
    // Refusals speak the language of the screen, not the browser's.
    headers: { accept: 'application/json', 'accept-language': spoken(), 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  throw decodeRefusal(answer, response.status) ?? new ORPCError('internal', { status: 500 });
}
