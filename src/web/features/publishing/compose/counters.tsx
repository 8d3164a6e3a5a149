import { useTranslation } from 'react-i18next';
import { lengths } from '#connectors/kit/rules/index.ts';
import type { Channel } from '#contract/channels.ts';
import { findManifest, useNetworkName } from '../../../lib/networks.ts';
import { useFormat } from '../../../lib/use-format.ts';

/** How much room is left on each network, the tightest limit of each. */
export function Counters({ text, channels }: { text: string; channels: Pick<Channel, 'id' | 'network' | 'name'>[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const networkName = useNetworkName();
  const byNetwork = new Map(channels.map((it) => [it.network, it]));
  return (
    <ul className="counters">
      {[...byNetwork.keys()].map((network) => {
        const manifest = findManifest(network);
        const [tightest] = manifest ? lengths(manifest, text) : [];
        if (!manifest || !tightest) return null;
        const { left, max } = tightest;
        return (
          <li key={network} className={left < 0 ? 'counter-over' : left < max * 0.1 ? 'counter-near' : ''}>
            {left < 0
              ? t('compose.over', { network: networkName(network), count: -left, number: format.number(-left) })
              : t('compose.left', { network: networkName(network), count: left, number: format.number(left) })}
          </li>
        );
      })}
    </ul>
  );
}
