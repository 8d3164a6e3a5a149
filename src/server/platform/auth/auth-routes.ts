import { z } from 'zod';
import { Line } from '#contract/terms.ts';

const email = z.email().max(200);
/** Its real limits have refusals of their own. */
const password = z.string().min(1).max(1_000);
const staySignedIn = z.boolean().default(true);

/**
 * Every address under /api/auth that is answered; the sign-in library has more, and none of them is reachable. The body
 * is held to its schema before the library sees it.
 */
export const authRoutes = {
  'sign-up': {
    method: 'POST',
    path: '/sign-up/email',
    body: z.object({ name: Line(100), email, password, rememberMe: staySignedIn }),
  },
  'sign-in': { method: 'POST', path: '/sign-in/email', body: z.object({ email, password, rememberMe: staySignedIn }) },
  'sign-out': { method: 'POST', path: '/sign-out', body: z.object({}) },
  'get-session': { method: 'GET', path: '/get-session', body: null },
  'change-password': {
    method: 'POST',
    path: '/change-password',
    body: z.object({ currentPassword: password, newPassword: password }),
  },
} as const satisfies Record<string, { method: 'GET' | 'POST'; path: string; body: z.ZodType | null }>;

export type AuthRoute = keyof typeof authRoutes;
