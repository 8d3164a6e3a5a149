import type { Config } from '../config/index.ts';

/**
 * Where links in mails and invitations lead: to the public address when one was set, else to the one that the caller
 * used, which has been held against the allowed hosts.
 */
export const linkOrigin = (config: Pick<Config, 'publicUrl' | 'port'>, callOrigin: string): string =>
  config.publicUrl === `http://localhost:${config.port}` ? callOrigin : config.publicUrl;
