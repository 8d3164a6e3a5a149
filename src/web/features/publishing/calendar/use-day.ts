import { useNavigate } from '@tanstack/react-router';
import { type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Post } from '#contract/posts.ts';
import { wallClock } from '../../../lib/wall-clock.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { type Fall, makeDay } from './drag-post.ts';
import { isSameSlots, type Slot } from './lay-week.ts';
import { notBefore, timeBetween } from './move.rules.ts';
import { useHand } from './use-lift.ts';

/** What a day of the calendar is given. */
export interface DayProps {
  /** YYYY-MM-DD */
  on: string;
  slots: Slot[];
  today: string;
  /** The post of this day that the keyboard carries. */
  carriedId: string | null;
  /** The channels that could use a post on this day, in words; empty when none could. */
  free: string;
  /** Where a post goes, in words. The same function as long as the channels are the same. */
  whereOf: (post: Post) => string;
}

/** Is there nothing to draw anew? For `memo`. */
export const isSameDay = (one: DayProps, other: DayProps): boolean =>
  isSameSlots(one.slots, other.slots) &&
  (['on', 'today', 'carriedId', 'free', 'whereOf'] as const).every((it) => one[it] === other[it]);

/**
 * Lets posts fall on a day: between the others where these stand one below the other, else each at its own hour. A press
 * on what is empty of it composes for it.
 */
export function useDay({ on, slots, today }: DayProps, isOrdered: boolean) {
  const { id: workspaceId, zone } = useWorkspace();
  const hand = useHand();
  const navigate = useNavigate();
  const mayWrite = useMay('posts.create') && on >= today;
  const place: RefObject<HTMLElement | null> = useRef(null);
  const [over, setOver] = useState<{ index: number; local: string } | null>(null);
  const land = ({ slot, index }: Fall) => {
    const others = slots.filter((it) => it.post.id !== slot.post.id);
    const own = slot.local.slice(11);
    const time = isOrdered
      ? timeBetween(own, others[index - 1]?.local.slice(11) ?? null, others[index]?.local.slice(11) ?? null)
      : own;
    return notBefore(`${on}T${time}`, wallClock(Temporal.Now.instant().toString(), zone));
  };
  useEffect(() => {
    if (!place.current) return;
    return makeDay(place.current, {
      mayDrop: () => on >= today,
      onOver: (fall) =>
        setOver((was) => {
          if (fall === null) return null;
          const next = { index: fall.index, local: land(fall) };
          return was?.index === next.index && was.local === next.local ? was : next;
        }),
      onDrop: (fall) => {
        const local = land(fall);
        if (fall.slot.post.plannedFor === null) hand.ask({ post: fall.slot.post, local });
        else if (local !== fall.slot.local) hand.put(fall.slot, local);
      },
    });
  });
  const press = ({ target, currentTarget }: MouseEvent<HTMLElement>) => {
    const isEmptyThere = target === currentTarget || (target instanceof HTMLElement && target.matches('.slots'));
    // On a phone one touches what is empty to scroll.
    if (!isEmptyThere || !mayWrite || !window.matchMedia('(hover: hover)').matches) return;
    void navigate({ to: '/w/$workspaceId/posts/$postId', params: { workspaceId, postId: 'new' }, search: { on } });
  };
  return { place, over, mayWrite, press };
}
