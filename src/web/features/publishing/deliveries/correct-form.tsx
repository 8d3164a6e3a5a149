import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Content, Part } from '#contract/content.ts';
import type { Delivery } from '#contract/deliveries.ts';
import type { Post } from '#contract/posts.ts';
import { api } from '../../../lib/api.ts';
import { completeAddress } from '../../../lib/complete-address.ts';
import { useKept } from '../../../lib/use-kept.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { TextField, TextsField } from '../../../ui/fields.tsx';
import { Form } from '../../../ui/form.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { Counters } from '../compose/counters.tsx';
import { isAddress } from '../draft/post-draft.ts';
import { useDeliveryActs } from './use-delivery-acts.ts';

/** The words that are live, to be mended where they stand. */
export function CorrectForm({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const { postId } = delivery;
  const post = useQuery(api.posts.get.queryOptions({ input: { workspaceId, postId } }));
  if (!post.data) {
    if (post.error) return <FailureNotice error={post.error} onRetry={() => void post.refetch()} />;
    return <Waiting label={t('app.loading')} />;
  }
  return (
    <Fields delivery={delivery} live={wordsOf(delivery, post.data)} language={post.data.language} onClose={onClose} />
  );
}

/** What it says there: as it was corrected last, or as it was sent. Parts that never went out are none of it. */
function wordsOf(delivery: Delivery, post: Post): Content {
  const sent = post.variants.find((it) => it.id === delivery.variantId)?.content ?? post.content;
  const { parts, firstComment } = delivery.correctedContent ?? sent;
  const out = delivery.parts.filter((it) => it.state === 'published');
  const hasComment = out.some((it) => it.role === 'comment');
  return {
    parts: parts.slice(0, out.filter((it) => it.role === 'post').length),
    ...(hasComment && firstComment !== undefined ? { firstComment } : {}),
  };
}

interface FieldsProps {
  delivery: Delivery;
  live: Content;
  language: string;
  onClose: () => void;
}

function Fields({ delivery, live, language, onClose }: FieldsProps) {
  const { t } = useTranslation();
  const acts = useDeliveryActs();
  const [begin] = useState(live);
  // Words begun on what said something else are not taken up again.
  const [name] = useState(`correct.${delivery.id}.${delivery.correctedAt ?? ''}`);
  const [content, setContent, forget] = useKept(name, begin);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const { parts, firstComment } = content;
  const channel = { id: delivery.channelId, network: delivery.network, name: '' };
  const change = (position: number, part: Partial<Part>) =>
    setContent({ ...content, parts: parts.map((it, at) => (at === position ? { ...it, ...part } : it)) });
  const areLinksWhole = parts.every((it) => it.link === null || isAddress(it.link));
  const leave = () => {
    forget();
    onClose();
  };
  const save = async () => {
    setBusy(true);
    const failure = await acts.correct(delivery, content);
    setBusy(false);
    setError(failure);
    if (failure === null) leave();
  };
  return (
    <Form className="question" onSubmit={() => void save()}>
      <p>{t('deliveries.correctLead')}</p>
      {parts.map((part, position) => (
        <PartFields
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are never added, removed or moved here
          key={position}
          part={part}
          label={parts.length > 1 ? t('compose.part', { number: position + 1 }) : t('compose.text')}
          channel={channel}
          language={language}
          isFirst={position === 0}
          onChange={(next) => change(position, next)}
        />
      ))}
      {firstComment === undefined ? null : (
        <Words
          label={t('deliveries.firstComment')}
          text={firstComment}
          channel={channel}
          language={language}
          limitsOf={(it) => it.firstComment?.limits}
          required
          onChange={(text) => setContent({ ...content, firstComment: text })}
        />
      )}
      {error ? <FailureNotice error={error} /> : null}
      <div className="form-actions">
        <Button type="submit" loading={isBusy} disabled={!areLinksWhole}>
          {t('deliveries.correctSave')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={leave}>
          {t('app.cancel')}
        </Button>
      </div>
    </Form>
  );
}

interface PartFieldsProps {
  part: Part;
  label: string;
  channel: Pick<Channel, 'id' | 'network' | 'name'>;
  language: string;
  isFirst: boolean;
  onChange: (part: Partial<Part>) => void;
}

function PartFields({ part, label, channel, language, isFirst, onChange }: PartFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Words
        label={label}
        text={part.text}
        channel={channel}
        language={language}
        autoFocus={isFirst}
        onChange={(text) => onChange({ text })}
      />
      {part.media.map(({ mediumId, alt }, position) => (
        <TextField
          key={mediumId}
          label={t('compose.alt', { number: position + 1 })}
          dir="auto"
          maxLength={5_000}
          value={alt}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ media: part.media.map((it) => (it.mediumId === mediumId ? { ...it, alt: value } : it)) });
          }}
        />
      ))}
      {part.link === null ? null : (
        <TextField
          label={t('compose.link')}
          inputMode="url"
          error={isAddress(part.link) ? undefined : t('compose.linkInvalid')}
          value={part.link}
          onChange={(event) => onChange({ link: event.currentTarget.value.trim() || null })}
          onBlur={() => part.link && onChange({ link: completeAddress(part.link) })}
        />
      )}
    </>
  );
}

interface WordsProps {
  label: string;
  text: string;
  channel: Pick<Channel, 'id' | 'network' | 'name'>;
  language: string;
  autoFocus?: boolean;
  required?: boolean;
  limitsOf?: ComponentProps<typeof Counters>['limitsOf'];
  onChange: (text: string) => void;
}

function Words({ text, channel, language, limitsOf, onChange, ...field }: WordsProps) {
  return (
    <div>
      <TextsField
        {...field}
        dir="auto"
        lang={language}
        maxLength={20_000}
        rows={Math.min(10, Math.max(4, text.split('\n').length + 1))}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Counters text={text} channels={[channel]} {...(limitsOf ? { limitsOf } : {})} />
    </div>
  );
}
