import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { findManifest } from '../../../lib/networks.ts';
import { More } from '../../../ui/more.tsx';
import type { ChannelProblem } from './check-draft.ts';
import { Counters } from './counters.tsx';
import { PartProblems } from './part-problems.tsx';

interface FirstCommentProps {
  /** '' for none. */
  text: string;
  /** The channels that will say it. */
  channels: Channel[];
  problems: ChannelProblem[];
  language: string;
  isLocked: boolean;
  onChange: (text: string) => void;
}

/** What is said beneath the post by ourselves, offered where a channel has such comments. */
export function FirstComment({ text, channels, problems, language, isLocked, onChange }: FirstCommentProps) {
  const { t } = useTranslation();
  const id = useId();
  const able = channels.filter((it) => findManifest(it.network)?.firstComment);
  if (text === '' && (isLocked || able.length === 0)) return null;
  return (
    <More label={t('deliveries.firstComment')} hint={t('compose.firstCommentHint')} open={text !== ''}>
      <div className="part">
        <textarea
          className="part-text part-text-short"
          dir="auto"
          lang={language}
          maxLength={20_000}
          rows={2}
          readOnly={isLocked}
          aria-label={t('deliveries.firstComment')}
          aria-describedby={`${id}-left ${id}-problems`}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <div id={`${id}-left`}>
          {isLocked ? null : (
            <Counters text={text} channels={able} limitsOf={({ firstComment }) => firstComment?.limits} />
          )}
        </div>
        <div id={`${id}-problems`} aria-live="polite">
          <PartProblems problems={problems} channels={channels} />
        </div>
      </div>
    </More>
  );
}
