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
    `media-src 'self' blob:${mediaOrigin ? ` ${mediaOrigin}` : ''}`,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
  ].join('; ');
}

/** The policy of what is read by programs: a browser that shows it loads nothing. */
const nothingPolicy = "default-src 'none'; form-action 'none'";

/** What no answer's policy may leave out: nobody frames it, nothing in it says where its addresses begin, no plug-ins. */
const always = ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"];

/** Sets what every answer carries; a route that set a header itself keeps it, its policy with what is never left out. */
export function setSecurityHeaders(
  headers: Headers,
  options: { nonce: string; secure: boolean; mediaOrigin: string | null },
): void {
  const isDocument = headers.get('content-type')?.startsWith('application/json') !== true;
  const policy = headers.get('content-security-policy') ?? (isDocument ? pagePolicy(options) : nothingPolicy);
  const missing = always.filter((directive) => !policy.includes(directive.split(' ')[0] ?? ''));
  headers.set('content-security-policy', [policy, ...missing].join('; '));
  const wanted: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(options.secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
  for (const [name, value] of Object.entries(wanted)) if (!headers.has(name)) headers.set(name, value);
}
