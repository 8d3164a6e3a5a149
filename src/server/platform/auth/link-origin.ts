import type { Config } from '../config/index.ts';
import type { Caller } from './caller.ts';

/**
 * Where a link leads that its asker is given: to the public address when one was set, else to the one that they used,
 * which has been held against the allowed hosts.
 */
export const linkOrigin = (config: Pick<Config, 'publicUrl' | 'port'>, callOrigin: string): string =>
  config.publicUrl === `http://localhost:${config.port}` ? callOrigin : config.publicUrl;

/**
 * The same for a link that is mailed to somebody else than who asked for it. Whoever asks writes the `Host` header as
 * they like, and at another port of an allowed host somebody else may listen: only the port that we were reached at, the
 * one we are set to and the usual one of the scheme are believed.
 */
export function mailedLinkOrigin(
  config: Pick<Config, 'publicUrl' | 'port'>,
  { origin, port }: Pick<Caller, 'origin' | 'port'>,
): string {
  const url = new URL(linkOrigin(config, origin));
  const isOurs = url.port === '' || [port, config.port].includes(Number(url.port));
  if (!isOurs && config.publicUrl !== url.origin) url.port = String(port);
  return url.origin;
}
