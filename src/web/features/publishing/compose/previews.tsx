import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewProps } from '#connectors/kit/preview.ts';
import type { Channel } from '#contract/channels.ts';
import type { Medium } from '#contract/media.ts';
import { api } from '../../../lib/api.ts';
import { findManifest, findPreview, useNetworkName } from '../../../lib/networks.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { Word } from '../../../ui/notice.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { type PostDraft, wordsFor } from '../draft/post-draft.ts';
import { Differs } from './differs.tsx';
import { type GoingOut, useRenditions } from './renditions/use-renditions.ts';
import { WhatGoesOut } from './renditions/what-goes-out.tsx';
import { useFollow } from './use-follow.ts';

interface PreviewsProps {
  draft: PostDraft;
  channels: Channel[];
  media: ReadonlyMap<string, Medium>;
  isLocked: boolean;
  change: (part: Partial<PostDraft>) => void;
}

/** How the post will look, and what each channel says otherwise: side by side, or one at a time on a phone. */
export function Previews({ draft, channels, media, isLocked, change }: PreviewsProps) {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const [picked, setPicked] = useState('');
  const follow = useFollow(draft, change);
  const shown = channels.some((it) => it.id === picked) ? picked : (channels[0]?.id ?? '');
  if (channels.length === 0) return <p className="form-hint">{t('compose.previewNone')}</p>;
  return (
    <div className="previews">
      {channels.length > 1 ? (
        <div className="previews-tabs">
          <Segmented
            label={t('compose.preview')}
            value={shown}
            options={channels.map((it) => ({ value: it.id, label: networkName(it.network) }))}
            onChange={setPicked}
          />
        </div>
      ) : null}
      {channels.map((channel) => (
        <figure key={channel.id} className="preview" data-shown={channel.id === shown}>
          <figcaption>
            <span>{channel.name}</span>
            {channels.length > 1 || draft.variants[channel.id] ? (
              <Word tone={draft.variants[channel.id] ? 'accent' : 'quiet'}>
                {t(draft.variants[channel.id] ? 'composing.ownText' : 'composing.asBase')}
              </Word>
            ) : null}
          </figcaption>
          <Preview channel={channel} draft={draft} media={media} />
          {draft.variants[channel.id] ? (
            <Differs
              base={draft.content}
              own={wordsFor(draft, channel.id)}
              language={draft.language}
              onFollow={isLocked ? undefined : () => follow(channel)}
            />
          ) : null}
        </figure>
      ))}
    </div>
  );
}

function Preview({ channel, draft, media }: { channel: Channel; draft: PostDraft; media: PreviewsProps['media'] }) {
  const { t } = useTranslation();
  const pages = useOwnLinks(channel);
  const content = wordsFor(draft, channel.id);
  const goingOut = useRenditions(channel.network, content, media);
  const Draw = findPreview(channel.network);
  if (!Draw) return null;
  return (
    <>
      <Suspense fallback={<Waiting label={t('app.loading')} />}>
        <Draw
          content={content}
          language={draft.language}
          account={{ name: channel.name, handle: channel.handle.replace(/^@/, '') }}
          media={drawnFrom(media, goingOut)}
          pages={pages}
        />
      </Suspense>
      <WhatGoesOut media={goingOut} />
    </>
  );
}

/** What is drawn is what will go out, as soon as it is made. */
function drawnFrom(media: PreviewsProps['media'], goingOut: readonly GoingOut[]): PreviewProps['media'] {
  const drawn = new Map<string, { url: string; width: number; height: number; posterUrl: string | null }>(media);
  for (const { mediumId, rendition } of goingOut) {
    const posterUrl = media.get(mediumId)?.posterUrl ?? null;
    if (rendition?.state === 'ready') drawn.set(mediumId, { ...rendition, posterUrl });
  }
  return drawn;
}

/** What the own page's cards say of its own links: what the buttons there say. Of other pages nothing is known yet. */
function useOwnLinks({ network }: Channel): NonNullable<PreviewProps['pages']> {
  const { id: workspaceId } = useWorkspace();
  const isOwn = findManifest(network)?.connect.kind === 'own';
  const { data } = useQuery(api.page.get.queryOptions({ input: { workspaceId }, enabled: isOwn }));
  const links = isOwn ? data?.links : undefined;
  return useMemo(
    () => new Map(links?.map(({ url, label }) => [url, { title: label, description: '', imageUrl: null }])),
    [links],
  );
}
