import { ActionIcon, Textarea } from '@mantine/core';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from '#contract/content.ts';
import type { Medium } from '#contract/media.ts';
import { IconArrowDown, IconArrowUp, IconTrash } from '../../../../ui/icons.ts';
import type { PicturePlace } from '../../draft/picture-queue.ts';
import { adviseAlt } from './advise-alt.ts';
import { makeDraggablePicture } from './drag-picture.ts';

interface PictureRowProps {
  picture: Part['media'][number];
  medium: Medium | undefined;
  text: string;
  place: PicturePlace;
  position: number;
  count: number;
  isLocked: boolean;
  onAlt: (alt: string) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** One picture with its words. Moved by dragging it, by its buttons, or by Alt with an arrow key. */
export function PictureRow(props: PictureRowProps) {
  const { picture, medium, text, place, position, count, isLocked, onAlt, onMove, onRemove } = props;
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  const [isDragged, setDragged] = useState(false);
  const [edge, setEdge] = useState<'before' | 'after' | null>(null);
  const isMovable = !isLocked && count > 1;
  const number = position + 1;
  const kept = useRef<Element | null>(null);
  const moveBy = (by: number) => {
    kept.current = document.activeElement;
    onMove(position + by);
  };
  // Put elsewhere in the list, what had the focus loses it.
  useLayoutEffect(() => {
    if (row.current?.contains(kept.current) && kept.current instanceof HTMLElement) kept.current.focus();
    kept.current = null;
  });
  useEffect(() => {
    if (!row.current || !isMovable) return;
    return makeDraggablePicture(row.current, {
      place,
      position,
      onDragged: setDragged,
      onEdge: setEdge,
      onMove: (from, to) => (from === position ? onMove(to) : undefined),
    });
  });
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || by === 0 || !isMovable) return;
    event.preventDefault();
    moveBy(by);
  };
  const said = adviseAlt(picture.alt, { fileName: medium?.name ?? '', text });
  return (
    <li ref={row} className="picture" data-dragged={isDragged} data-edge={edge} onKeyDown={step}>
      <span className="picture-sight" data-movable={isMovable}>
        {medium ? <img src={medium.thumbnailUrl} alt="" width={72} height={72} draggable={false} /> : null}
        {count > 1 ? <b aria-hidden="true">{number}</b> : null}
        {medium?.video ? <span className="picture-plays" aria-hidden="true" /> : null}
      </span>
      <Textarea
        className="picture-alt"
        label={t(medium?.video ? 'pictures.altVideo' : 'compose.alt', { number })}
        description={said === null || isLocked ? undefined : t(`pictures.${said}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        classNames={{ input: 'picture-words' }}
        dir="auto"
        rows={1}
        readOnly={isLocked}
        maxLength={5_000}
        value={picture.alt}
        onChange={(event) => onAlt(event.currentTarget.value.replaceAll('\n', ' '))}
      />
      {isLocked ? null : (
        <div className="picture-actions">
          {count > 1 ? (
            <>
              <ActionIcon
                aria-label={t('compose.raisePicture', { number })}
                aria-disabled={position === 0}
                onClick={() => moveBy(-1)}
              >
                <IconArrowUp size={18} />
              </ActionIcon>
              <ActionIcon
                aria-label={t('pictures.lower', { number })}
                aria-disabled={position === count - 1}
                onClick={() => moveBy(1)}
              >
                <IconArrowDown size={18} />
              </ActionIcon>
            </>
          ) : null}
          <ActionIcon aria-label={t('compose.removePicture', { number })} onClick={onRemove}>
            <IconTrash size={18} />
          </ActionIcon>
        </div>
      )}
    </li>
  );
}
