import { useTranslation } from 'react-i18next';
import type { Manifest } from '#connectors/kit/manifest.ts';
import { lengths } from '#connectors/kit/rules/index.ts';
import type { Channel } from '#contract/channels.ts';
import { findManifest, useNetworkName } from '../../../lib/networks.ts';
import { useFormat } from '../../../lib/use-format.ts';

interface CountersProps {
  text: string;
  channels: Pick<Channel, 'id' | 'network' | 'name'>[];
  /** The limits that hold; a post's own unless told. */
  limitsOf?: (manifest: Manifest) => Manifest['text']['limits'] | undefined;
}

/** How much room is left on each network, the tightest limit of each. */
export function Counters({ text, channels, limitsOf = (it) => it.text.limits }: CountersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const networkName = useNetworkName();
  const byNetwork = new Map(channels.map((it) => [it.network, it]));
  return (
    <ul className="counters">
      {[...byNetwork.keys()].map((network) => {
        const manifest = findManifest(network);
        const limits = manifest && limitsOf(manifest);
        const [tightest] = limits ? lengths({ text: { ...manifest.text, limits } }, text) : [];
        if (!tightest) return null;
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
