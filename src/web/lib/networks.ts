import { type ComponentType, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { Manifest } from '#connectors/kit/manifest.ts';
import type { PreviewProps } from '#connectors/kit/preview.ts';
import { networks } from '#connectors/registry.manifests.ts';

interface KnownNetwork {
  manifest: Manifest;
  preview: () => Promise<{ Preview: ComponentType<PreviewProps> }>;
}

const known: Record<string, KnownNetwork> = networks;

/** Facts of all networks that Goalpost speaks to. */
export const manifests: Manifest[] = Object.values(known).map((it) => it.manifest);

/** Facts of one network, or undefined for a network that is only known by name. */
export const findManifest = (network: string): Manifest | undefined => known[network]?.manifest;

/** Networks that Goalpost does not speak to yet, but which a register may name; by id, as they write themselves. */
export const otherNetworks: Readonly<Record<string, string>> = {
  facebook: 'Facebook',
  'google-business-profile': 'Google Business Profile',
  instagram: 'Instagram',
  line: 'LINE',
  linkedin: 'LinkedIn',
  mastodon: 'Mastodon',
  pinterest: 'Pinterest',
  telegram: 'Telegram',
  threads: 'Threads',
  tiktok: 'TikTok',
  whatsapp: 'WhatsApp',
  x: 'X',
  youtube: 'YouTube',
};

/** Is the network Goalpost itself? */
export const isOwnNetwork = (network: string): boolean => findManifest(network)?.connect.kind === 'own';

/** Names networks: others as they write themselves, our own and the practice network in the reader's language. */
export function useNetworkName(): (network: string) => string {
  const { t } = useTranslation('first');
  return (network) => {
    if (isOwnNetwork(network)) return t('ownPage.name');
    if (network === 'practice') return t('practice.title');
    return findManifest(network)?.name ?? otherNetworks[network] ?? network;
  };
}

const previews = new Map<string, ComponentType<PreviewProps>>();

/** How a post will look on a network; downloaded when first drawn, so it needs a Suspense around it. */
export function findPreview(network: string): ComponentType<PreviewProps> | undefined {
  const found = previews.get(network);
  const load = known[network]?.preview;
  if (found || !load) return found;
  const preview = lazy(async () => ({ default: (await load()).Preview }));
  previews.set(network, preview);
  return preview;
}
