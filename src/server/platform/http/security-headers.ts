import { randomBytes } from 'node:crypto';

/** A nonce for one answer's styles. */
export const makeNonce = (): string => randomBytes(16).toString('base64');

/** The policy of our own pages; pictures may have a host of their own. */
function pagePolicy({ nonce, mediaOrigin }: { nonce: string; mediaOrigin: string | null }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: blob:${mediaOrigin ? ` ${mediaOrigin}` : ''}`,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Sets what every answer carries; a route that set a header itself keeps it. */
export function setSecurityHeaders(
  headers: Headers,
  options: { nonce: string; secure: boolean; mediaOrigin: string | null },
): void {
  const wanted: Record<string, string> = {
    'content-security-policy': pagePolicy(options),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(options.secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
  for (const [name, value] of Object.entries(wanted)) if (!headers.has(name)) headers.set(name, value);
}
