import { z } from 'zod';
import { Line } from '#contract/terms.ts';

const email = z.email().max(200);
/** Its real limits have refusals of their own. */
const password = z.string().min(1).max(1_000);
const staySignedIn = z.boolean().default(true);
/** Of a link that was sent or passed on. */
const token = z.string().min(20).max(100);

/**
 * Every address under /api/auth that is answered; the sign-in library has more, and none of them is reachable. The body
 * is held to its schema before anything sees it.
 */
export const authRoutes = {
  /** `{ person }` for the first person and whoever has an invitation; else, where registration is open, `{ sent: true }`. */
  'sign-up': {
    method: 'POST',
    path: '/sign-up/email',
    body: z.object({ name: Line(100), email, password, rememberMe: staySignedIn, invitation: token.optional() }),
  },
  /** Opens the account that a mailed link confirms, for whoever knows the password chosen with it: `{ person }`. */
  'confirm-address': {
    method: 'POST',
    path: '/confirm-address',
    body: z.object({ token, password, rememberMe: staySignedIn }),
  },
  'sign-in': { method: 'POST', path: '/sign-in/email', body: z.object({ email, password, rememberMe: staySignedIn }) },
  'sign-out': { method: 'POST', path: '/sign-out', body: z.object({}) },
  /** `{ person, secure }`: who is signed in, or null, and whether the call came by https. */
  'get-session': { method: 'GET', path: '/get-session', body: null },
  'change-password': {
    method: 'POST',
    path: '/change-password',
    body: z.object({ currentPassword: password, newPassword: password }),
  },
  /** `{ sent: true }`, whoever it is asked for. */
  'request-password-reset': { method: 'POST', path: '/request-password-reset', body: z.object({ email }) },
  /** Ends every session of the account; its owner signs in with the new password. Answers `{}`. */
  'reset-password': { method: 'POST', path: '/reset-password', body: z.object({ token, newPassword: password }) },
} as const satisfies Record<string, { method: 'GET' | 'POST'; path: string; body: z.ZodType | null }>;

export type AuthRoute = keyof typeof authRoutes;
/** A route's body, parsed. */
export type AuthBody<R extends AuthRoute> = (typeof authRoutes)[R]['body'] extends infer B
  ? B extends z.ZodType
    ? z.output<B>
    : Record<string, never>
  : never;
