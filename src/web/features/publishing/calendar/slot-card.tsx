import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNetworkName } from '../../../lib/networks.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { DateField } from '../../../ui/date-field.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { Form } from '../../../ui/form.tsx';
import { IconMove } from '../../../ui/icons.ts';
import { usePopup } from '../../../ui/use-popup.ts';
import '../../../ui/popup.css';
import { PostWord } from '../delivery-words.tsx';
import { excerptOf } from '../excerpt-of.ts';
import { moveLocal, type Slot } from './lay-week.ts';
import { isMovable, useMovePost } from './use-move-post.ts';

const steps: Record<string, { days?: number; minutes?: number }> = {
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
  ArrowUp: { minutes: -30 },
  ArrowDown: { minutes: 30 },
};

/** The post that the keyboard moved last: drawn anew on its other day, it takes the focus with it. */
let movedByKey: string | null = null;

/** A post at its hour. Moved by dragging, by Alt and the arrow keys, or by its button. */
export function SlotCard({ slot, onDrag }: { slot: Slot; onDrag: (slot: Slot | null) => void }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const move = useMovePost();
  const channels = useChannels() ?? [];
  const mayMove = useMay('posts.schedule') && isMovable(slot.post);
  const { post, local } = slot;
  const networks = new Set(
    post.variants.map((it) => networkName(channels.find((one) => one.id === it.channelId)?.network ?? '')),
  );
  const words = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (movedByKey !== post.id) return;
    movedByKey = null;
    words.current?.focus();
  }, [post.id]);
  const step = (event: KeyboardEvent) => {
    const by = event.altKey ? steps[event.key] : undefined;
    if (!by || !mayMove) return;
    event.preventDefault();
    movedByKey = by.days ? post.id : null;
    void move(post, moveLocal(local, by));
  };
  return (
    <li
      className={`slot slot-${post.state}`}
      draggable={mayMove}
      onDragStart={() => onDrag(slot)}
      onDragEnd={() => onDrag(null)}
    >
      <div className="slot-head">
        <time dateTime={post.plannedFor?.at}>{format.time(local)}</time>
        {mayMove ? <MoveButton slot={slot} /> : null}
      </div>
      <Link
        to="/w/$workspaceId/posts/$postId"
        params={{ workspaceId, postId: post.id }}
        ref={words}
        className="slot-words"
        dir="auto"
        onKeyDown={step}
        aria-keyshortcuts={mayMove ? 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown' : undefined}
      >
        {excerptOf(post) || t('compose.untitled')}
      </Link>
      <span className="slot-where">{[...networks].filter(Boolean).join(', ') || t('calendar.nowhere')}</span>
      <PostWord post={post} />
    </li>
  );
}

function MoveButton({ slot: { post, local } }: { slot: Slot }) {
  const { t } = useTranslation();
  const format = useFormat();
  const move = useMovePost();
  const [wanted, setWanted] = useState(local);
  const { isOpen, button, floating, close } = usePopup(() => setWanted(local));
  const [date = '', time = ''] = wanted.split('T');
  const label = t('calendar.move', { title: excerptOf(post) || t('compose.untitled') });
  return (
    <>
      <button type="button" className="icon-button" aria-label={label} aria-haspopup="dialog" {...button}>
        <IconMove size={18} />
      </button>
      <div className="popup popup-form" role="dialog" aria-label={label} {...floating}>
        {isOpen ? (
          <Form
            className="form"
            onSubmit={() => {
              close();
              void move(post, wanted);
            }}
          >
            <DateField
              label={t('compose.date')}
              value={date}
              required
              spoken={date ? format.fullDate(date) : undefined}
              onChange={(day) => setWanted(`${day}T${time}`)}
            />
            <TextField
              label={t('compose.time')}
              type="time"
              required
              value={time}
              onChange={(event) => setWanted(`${date}T${event.currentTarget.value}`)}
            />
            <div className="form-actions">
              <Button type="submit">{t('calendar.moveSubmit')}</Button>
              <Button variant="subtle" onClick={close}>
                {t('app.cancel')}
              </Button>
            </div>
          </Form>
        ) : null}
      </div>
    </>
  );
}
