import { useState } from 'react';
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
  const lines = [...byNetwork.keys()].flatMap((network) => {
    const manifest = findManifest(network);
    const limits = manifest && limitsOf(manifest);
    const [tightest] = limits ? lengths({ text: { ...manifest.text, limits } }, text) : [];
    if (!tightest) return [];
    const { left, max } = tightest;
    const name = networkName(network);
    const words =
      left < 0
        ? t('compose.over', { network: name, count: -left, number: format.number(-left) })
        : t('compose.left', { network: name, count: left, number: format.number(left) });
    return [{ network, words, room: left < 0 ? 'over' : left < max * 0.1 ? 'near' : '' }];
  });
  const spoken = useCrossed(lines);
  return (
    <>
      <ul className="counters">
        {lines.map(({ network, words, room }) => (
          <li key={network} className={room && `counter-${room}`}>
            {words}
          </li>
        ))}
      </ul>
      <p className="unseen" role="status">
        {spoken}
      </p>
    </>
  );
}

/** The counts as they were when the room grew scarce, ran out or came back: not each letter is said aloud. */
function useCrossed(lines: readonly { words: string; room: string }[]): string {
  const rooms = lines.map((it) => it.room).join(' ');
  const [said, setSaid] = useState({ rooms, words: '' });
  if (said.rooms === rooms) return said.words;
  const words = lines
    .filter((it) => it.room !== '')
    .map((it) => it.words)
    .join('. ');
  setSaid({ rooms, words });
  return words;
}
