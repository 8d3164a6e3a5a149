import { ORPCError } from '@orpc/client';
import { decodeRefusal } from './failure.ts';

/** Opens an account and signs in. Throws the same failures as every operation. */
export const signUp = (input: { name: string; email: string; password: string }): Promise<void> =>
  post('sign-up/email', input);

/** Signs in with e-mail and password. */
export const signIn = (input: { email: string; password: string }): Promise<void> => post('sign-in/email', input);

/** Ends the session of this browser. */
export const signOut = (): Promise<void> => post('sign-out', {});

/** Whether anybody may sign up: true until the first person has. False when no answer came. */
export async function isRegistrationOpen(): Promise<boolean> {
  const response = await fetch('/api/auth/registration').catch(() => null);
  if (!response?.ok) return false;
  const { open } = (await response.json()) as { open: boolean };
  return open;
}

async function post(path: string, body: unknown): Promise<void> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  const answer: unknown = await response.json().catch(() => null);
  throw decodeRefusal(answer, response.status) ?? new ORPCError('internal', { status: 500 });
}
