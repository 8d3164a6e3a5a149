import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Content, Part } from '#contract/content.ts';
import type { Medium } from '#contract/media.ts';
import { findManifest } from '../../../lib/networks.ts';
import { IconPlus } from '../../../ui/icons.ts';
import { emptyPart } from '../draft/post-draft.ts';
import { type ChannelProblem, problemsOfPart } from './check-draft.ts';
import { FirstComment } from './first-comment.tsx';
import { PartEditor } from './part-editor.tsx';
import { usePicturesOnTheirWay } from './pictures/use-picture-queue.ts';
import { WhatFits } from './what-fits.tsx';

interface WordsEditorProps {
  /** Whose words they are: a channel’s id, or `base`. */
  words: string;
  content: Content;
  /** The channels that will say it. */
  channels: Channel[];
  problems: ChannelProblem[];
  media: ReadonlyMap<string, Medium>;
  language: string;
  isLocked: boolean;
  onChange: (content: Content) => void;
}

/** Writing: one part, or several that follow each other as a thread. */
export function WordsEditor(props: WordsEditorProps) {
  const { words, content, channels, problems, media, language, isLocked, onChange } = props;
  const { t } = useTranslation();
  const { queue } = usePicturesOnTheirWay();
  const { parts } = content;
  const change = (position: number, part: Partial<Part>) =>
    onChange({ ...content, parts: parts.map((it, at) => (at === position ? { ...it, ...part } : it)) });
  const mayThread = channels.length === 0 || channels.some((it) => findManifest(it.network)?.thread);
  return (
    <div className="words">
      {parts.map((part, position) => (
        <PartEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a part's place is its identity
          key={position}
          part={part}
          words={words}
          position={position}
          count={parts.length}
          channels={channels}
          problems={problemsOfPart(problems, position, position === parts.length - 1)}
          media={media}
          language={language}
          isLocked={isLocked}
          onChange={(it) => change(position, it)}
          onRemove={() => {
            queue.dropPart({ words, part: position });
            onChange({ ...content, parts: parts.filter((_, at) => at !== position) });
          }}
        />
      ))}
      {mayThread && !isLocked && parts.length < 25 ? (
        <div>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={18} />}
            onClick={() => onChange({ ...content, parts: [...parts, emptyPart] })}
          >
            {t('compose.addPart')}
          </Button>
        </div>
      ) : null}
      {isLocked ? null : <WhatFits channels={channels} />}
      <FirstComment
        text={content.firstComment ?? ''}
        channels={channels}
        problems={problems.filter((it) => it.field === 'firstComment')}
        language={language}
        isLocked={isLocked}
        onChange={(text) => onChange(text === '' ? { parts } : { ...content, firstComment: text })}
      />
    </div>
  );
}
