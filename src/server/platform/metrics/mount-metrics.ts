import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { Config } from '../config/index.ts';
import { type House, refuse } from '../context/index.ts';

/**
 * Answers `GET /metrics` to who shows the operator's token; without one in the settings, only to who asks from this
 * machine of a Goalpost that is there for this machine alone. Everybody else is told that nothing is here.
 */
export function mountMetrics(app: Hono, { config, metrics }: Pick<House, 'config' | 'metrics'>): void {
  app.get('/metrics', async (c) => {
    if (!mayRead(config, c)) refuse('not-found');
    const { contentType, text } = await metrics.render();
    return c.body(text, 200, { 'content-type': contentType, 'cache-control': 'no-store' });
  });
}

function mayRead({ metricsToken, host, publicUrl }: Config, c: Context): boolean {
  if (metricsToken !== null) return isSame(c.req.header('authorization') ?? '', `Bearer ${metricsToken}`);
  const incoming = (c.env as { incoming?: { socket: { remoteAddress?: string } } } | undefined)?.incoming;
  const remote = incoming?.socket.remoteAddress ?? '';
  // A proxy on this machine would let the world in.
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'].some((name) => c.req.header(name));
  return [remote, host, new URL(publicUrl).hostname].every(isLoopback) && !isForwarded;
}

const isLoopback = (name: string): boolean =>
  ['localhost', '::1', '[::1]'].includes(name) || /^(::ffff:)?127\./.test(name);

/** Compares hashes, so that neither time nor length tells anything. */
function isSame(shown: string, wanted: string): boolean {
  const [left, right] = [shown, wanted].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
