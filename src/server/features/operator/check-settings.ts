import type { Check, Examined } from './examined.ts';
import { found } from './examined.ts';

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** What the settings alone tell. */
export function checkSettings({ config }: Pick<Examined, 'config'>): Check[] {
  const { host, publicUrl } = config;
  const url = new URL(publicUrl);
  const isLocal = isLoopback(url.hostname.replace(/^\[|\]$/g, ''));
  return [
    {
      check: 'public-address',
      look: async () => found(!isLoopback(host) && isLocal ? 'warning' : 'fine', { address: publicUrl, host }),
    },
    {
      check: 'encryption',
      look: async () =>
        found(url.protocol === 'http:' && (!isLoopback(host) || !isLocal) ? 'warning' : 'fine', {
          address: publicUrl,
        }),
    },
    {
      check: 'settings',
      look: async () => {
        const { unknownSettings } = config;
        return found(unknownSettings.length > 0 ? 'warning' : 'fine', { names: unknownSettings.join(', ') });
      },
    },
  ];
}
