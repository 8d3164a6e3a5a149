import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Medium } from '#contract/media.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { type PostDraft, wordsFor } from '../draft/post-draft.ts';
import type { ChannelProblem } from './check-draft.ts';
import { useFollow } from './use-follow.ts';
import { WordsEditor } from './words-editor.tsx';

interface SaidOnProps {
  draft: PostDraft;
  /** The channels the post goes to. */
  channels: Channel[];
  problems: ChannelProblem[];
  media: ReadonlyMap<string, Medium>;
  isLocked: boolean;
  change: (part: Partial<PostDraft>) => void;
  /** Whose words are shown: the base’s, or a channel’s. */
  shown: string;
  onShow: (tab: string) => void;
}

/** The base text, and what each channel says: as the base until its own words are written. */
export function SaidOn(props: SaidOnProps) {
  const { draft, channels, problems, media, isLocked, change, shown, onShow } = props;
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const channel = channels.find((it) => it.id === shown);
  const followers = channels.filter((it) => draft.variants[it.id] === null);
  const shared = { media, language: draft.language, isLocked };
  const tabs = [
    { id: 'base', label: t('compose.base') },
    ...channels.map((it) => ({
      id: it.id as string,
      label: channels.some((other) => other.id !== it.id && other.network === it.network)
        ? it.name
        : networkName(it.network),
      mark: draft.variants[it.id] ? t('compose.differs') : null,
    })),
  ];
  const base = (
    <WordsEditor
      {...shared}
      words="base"
      content={draft.content}
      channels={followers}
      problems={problems.filter((it) => followers.some((one) => one.id === it.channelId))}
      onChange={(content) => change({ content })}
    />
  );
  // Where all is said once, a choice of texts would only look like two of them.
  if (channels.length <= 1 && followers.length === channels.length) return base;
  return (
    <Tabs label={t('compose.versions')} tabs={tabs} shown={channel ? shown : 'base'} onShow={onShow}>
      {channel ? (
        <div className="words">
          <Follows draft={draft} channel={channel} isLocked={isLocked} change={change} />
          <WordsEditor
            key={channel.id}
            {...shared}
            words={channel.id}
            content={wordsFor(draft, channel.id)}
            channels={[channel]}
            problems={problems.filter((it) => it.channelId === channel.id)}
            onChange={(content) => change({ variants: { ...draft.variants, [channel.id]: content } })}
          />
        </div>
      ) : (
        base
      )}
    </Tabs>
  );
}

/** Says whether a channel follows the base, and leads back to it. */
function Follows(props: { draft: PostDraft; channel: Channel; isLocked: boolean; change: SaidOnProps['change'] }) {
  const { draft, channel, isLocked, change } = props;
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const own = draft.variants[channel.id] ?? null;
  const network = networkName(channel.network);
  const follow = useFollow(draft, change);
  return (
    <div className="follows">
      <span>{own ? t('compose.differsFromBase') : t('compose.followsBase', { network })}</span>
      {own && !isLocked ? (
        <Button variant="subtle" onClick={() => follow(channel)}>
          {t('compose.followBase')}
        </Button>
      ) : null}
    </div>
  );
}
