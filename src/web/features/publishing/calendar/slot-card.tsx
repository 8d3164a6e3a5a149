import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
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
import { makeDraggable } from './drag-post.ts';
import type { Slot } from './lay-week.ts';
import { whyFixed } from './move.rules.ts';
import { isStep, useLifting, useSayFixed } from './use-lift.ts';
import { useMovePost } from './use-move-post.ts';

/** A post at its hour. Moved by dragging, by m or Alt with the arrow keys, or by its button. */
export function SlotCard({ slot }: { slot: Slot }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const lift = useLifting();
  const sayFixed = useSayFixed();
  const channels = useChannels() ?? [];
  const mayMove = useMay('posts.move');
  const isMovable = mayMove && whyFixed(slot.post) === null;
  const { post, local } = slot;
  const networks = new Set(
    post.variants.map((it) => networkName(channels.find((one) => one.id === it.channelId)?.network ?? '')),
  );
  const words = useRef<HTMLAnchorElement>(null);
  const card = useRef<HTMLLIElement>(null);
  const [isDragged, setDragged] = useState(false);
  const { focused } = lift;
  const isCarried = lift.carried?.post.id === post.id;
  // Drawn anew on its other day, a post that the keyboard moves takes the focus with it.
  useLayoutEffect(() => {
    if (focused.current === post.id) words.current?.focus();
  }, [post.id, focused]);
  useEffect(() => {
    if (!card.current || !mayMove) return;
    return makeDraggable(card.current, { slot, mayDrag: () => !sayFixed(slot), onDragged: setDragged });
  });
  const take = (event: KeyboardEvent) => {
    const isAlt = event.altKey && isStep(event.key);
    if (!mayMove || !(isAlt || (event.key === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey))) return;
    event.preventDefault();
    event.stopPropagation();
    lift.take(slot, isAlt ? event.key : null);
  };
  return (
    <li
      ref={card}
      className={`slot slot-${post.state}`}
      data-post={post.id}
      data-movable={isMovable}
      data-dragged={isDragged}
      data-carried={isCarried}
    >
      <div className="slot-head">
        <time dateTime={post.plannedFor?.at}>{format.time(local)}</time>
        {isMovable ? <MoveButton slot={slot} /> : null}
      </div>
      <Link
        to="/w/$workspaceId/posts/$postId"
        params={{ workspaceId, postId: post.id }}
        ref={words}
        className="slot-words"
        dir="auto"
        // The card is dragged, not the address behind its words.
        draggable={false}
        onKeyDown={take}
        onBlur={() => {
          if (!lift.carried && focused.current === post.id) focused.current = null;
        }}
        aria-keyshortcuts={isMovable ? 'm Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown' : undefined}
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
