import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useMay } from '../../../lib/workspace.tsx';
import { makeDraggable } from './drag-post.ts';
import { isSameSlots, type Slot } from './lay-week.ts';
import { whyFixed } from './move.rules.ts';
import { isStep, useHand, useSayFixed } from './use-lift.ts';

/** What a card of the calendar is given. */
export interface CardProps {
  slot: Slot;
  /** The keyboard has taken it up. */
  isCarried: boolean;
  /** The networks it goes to, in words. */
  where: string;
}

/** Is there nothing to draw anew? For `memo`. */
export const isSameCard = (one: CardProps, other: CardProps): boolean =>
  isSameSlots([one.slot], [other.slot]) && one.isCarried === other.isCarried && one.where === other.where;

/** Lets a card be moved: dragged, or taken up by m or Alt with an arrow key from the words in it. */
export function useCard({ slot, isCarried }: Pick<CardProps, 'slot' | 'isCarried'>): {
  card: RefObject<HTMLLIElement | null>;
  isMovable: boolean;
  /** For the card. */
  marks: Record<`data-${string}`, string | boolean>;
  /** For the link that says its words. */
  words: {
    ref: RefObject<HTMLAnchorElement | null>;
    draggable: false;
    onKeyDown: (event: KeyboardEvent) => void;
    onBlur: () => void;
    'aria-keyshortcuts': string | undefined;
  };
} {
  const { post } = slot;
  const hand = useHand();
  const sayFixed = useSayFixed();
  const mayMove = useMay('posts.move');
  const isMovable = mayMove && whyFixed(post) === null;
  const ref = useRef<HTMLAnchorElement>(null);
  const card = useRef<HTMLLIElement>(null);
  const [isDragged, setDragged] = useState(false);
  const { focused } = hand;
  // Drawn anew on its other day, a post that the keyboard moves takes the focus with it.
  useLayoutEffect(() => {
    if (focused.current === post.id) ref.current?.focus();
  }, [post.id, focused]);
  useEffect(() => {
    if (!card.current || !mayMove) return;
    return makeDraggable(card.current, { slot, mayDrag: () => !sayFixed(slot), onDragged: setDragged });
  });
  return {
    card,
    isMovable,
    marks: {
      'data-post': post.id,
      'data-movable': isMovable,
      'data-dragged': isDragged,
      'data-carried': isCarried,
    },
    words: {
      ref,
      // The card is dragged, not the address behind its words.
      draggable: false,
      onKeyDown: (event) => {
        const isAlt = event.altKey && isStep(event.key);
        const isTaken = event.key === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey;
        if (!mayMove || !(isAlt || isTaken)) return;
        event.preventDefault();
        event.stopPropagation();
        hand.take(slot, isAlt ? event.key : null);
      },
      onBlur: () => {
        if (!isCarried && focused.current === post.id) focused.current = null;
      },
      'aria-keyshortcuts': isMovable ? 'm Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown' : undefined,
    },
  };
}
