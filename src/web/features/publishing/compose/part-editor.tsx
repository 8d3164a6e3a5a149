import { ActionIcon, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Part } from '#contract/content.ts';
import type { Medium } from '#contract/media.ts';
import { completeAddress } from '../../../lib/complete-address.ts';
import { IconTrash } from '../../../ui/icons.ts';
import { isAddress } from '../draft/post-draft.ts';
import type { ChannelProblem } from './check-draft.ts';
import { Counters } from './counters.tsx';
import { PartProblems } from './part-problems.tsx';
import { PictureField } from './pictures/picture-field.tsx';
import { usePicturesOnTheirWay } from './pictures/use-picture-queue.ts';

interface PartEditorProps {
  part: Part;
  /** Whose words it belongs to: a channel’s id, or `base`. */
  words: string;
  position: number;
  count: number;
  channels: Channel[];
  problems: ChannelProblem[];
  media: ReadonlyMap<string, Medium>;
  language: string;
  isLocked: boolean;
  onChange: (part: Partial<Part>) => void;
  onRemove: () => void;
}

/** One part: its text with what is left, its pictures, its link, and what the networks have against it. */
export function PartEditor(props: PartEditorProps) {
  const { part, words, position, count, channels, problems, media, language, isLocked, onChange, onRemove } = props;
  const { t } = useTranslation();
  const textId = useId();
  const { over } = usePicturesOnTheirWay();
  const hasLinkProblem = part.link !== null && part.link !== '' && !isAddress(part.link);
  return (
    <section
      className="part"
      data-part={position}
      data-files-over={over === position ? t('pictures.dropHere') : undefined}
      aria-label={count > 1 ? t('compose.part', { number: position + 1 }) : undefined}
    >
      <div className="part-head">
        <label htmlFor={textId}>{count > 1 ? t('compose.part', { number: position + 1 }) : t('compose.text')}</label>
        {count > 1 && !isLocked ? (
          <ActionIcon aria-label={t('compose.removePart', { number: position + 1 })} onClick={onRemove}>
            <IconTrash size={18} />
          </ActionIcon>
        ) : null}
      </div>
      <textarea
        id={textId}
        className="part-text"
        dir="auto"
        lang={language}
        maxLength={20_000}
        readOnly={isLocked}
        placeholder={position === 0 ? t('compose.textHint') : undefined}
        aria-describedby={`${textId}-left ${textId}-problems`}
        value={part.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <div id={`${textId}-left`}>{isLocked ? null : <Counters text={part.text} channels={channels} />}</div>
      <div id={`${textId}-problems`} aria-live="polite">
        <PartProblems problems={part.text === '' && part.media.length === 0 ? [] : problems} channels={channels} />
      </div>
      <PictureField
        place={{ words, part: position }}
        pictures={part.media}
        text={part.text}
        media={media}
        isLocked={isLocked}
        onChange={(pictures) => onChange({ media: pictures })}
      />
      {isLocked && !part.link ? null : (
        <TextInput
          label={t('compose.link')}
          description={isLocked ? undefined : t('compose.linkHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          inputMode="url"
          placeholder="https://"
          readOnly={isLocked}
          error={hasLinkProblem ? t('compose.linkInvalid') : undefined}
          value={part.link ?? ''}
          onChange={(event) => onChange({ link: event.currentTarget.value.trim() || null })}
          onBlur={() => part.link && !isLocked && onChange({ link: completeAddress(part.link) })}
        />
      )}
    </section>
  );
}
