import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { findManifest, useNetworkName } from '../../../lib/networks.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { More } from '../../../ui/more.tsx';

/** What is at home on each network and how much of it fits, in the network's own words. */
export function WhatFits({ channels }: { channels: Pick<Channel, 'network'>[] }) {
  const { t } = useTranslation();
  const networks = [...new Set(channels.map((it) => it.network))].filter((it) => findManifest(it));
  if (networks.length === 0) return null;
  return (
    <More label={t('composing.whatFits')}>
      {/* Their words come later than the screen, which must not wait or vanish for them. */}
      <Suspense fallback={null}>
        {networks.map((it) => (
          <NetworkWords key={it} network={it} />
        ))}
      </Suspense>
    </More>
  );
}

function NetworkWords({ network }: { network: string }) {
  const { t: say } = useTranslation(`network-${network}`);
  const networkName = useNetworkName();
  const format = useFormat();
  const manifest = findManifest(network);
  if (!manifest) return null;
  const { text, images, thread } = manifest;
  const fits = {
    max: format.number(text.limits[0]?.max ?? 0),
    pictures: format.number(images?.max ?? 0),
    alt: format.number(images?.alt.max ?? 0),
    parts: format.number(thread?.maxParts ?? 1),
  };
  return (
    <section className="what-fits">
      <h2>{networkName(network)}</h2>
      <p>{say('manner')}</p>
      <ul>
        <li>{say('fits.text', fits)}</li>
        <li>{say('fits.pictures', fits)}</li>
        <li>{say('fits.thread', fits)}</li>
      </ul>
    </section>
  );
}
