import { createContext, type RefObject, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { meanTime, wallClock } from '../../../lib/wall-clock.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { moveLocal, type Slot } from './lay-week.ts';
import { whyFixed } from './move.rules.ts';
import { useMovePost } from './use-move-post.ts';

/** Posts in the hand: one that the keyboard carries, and those put down whose move is not answered yet. */
export interface Lift {
  /** Where posts stand for now, by id, in place of where the server has them. */
  places: ReadonlyMap<string, Slot>;
  carried: Slot | null;
  /** What is said of it, for eyes and ears. */
  word: string;
  asked: Slot | null;
  /** The same as long as the calendar is there: a card is not drawn anew because another one moves. */
  hand: Hand;
}

/** What cards and days do with posts. */
export interface Hand {
  /** Takes a post up, with a first step; says why when it cannot be moved. */
  take(slot: Slot, key: string | null): void;
  /** Puts a post down at a place, as dragging does. */
  put(slot: Slot, local: string): void;
  /** Asks for the time of a draft that has none, and proposes one. */
  ask(slot: Slot): void;
  endAsking(): void;
  /** The post that has the focus and takes it along to another day. */
  focused: RefObject<string | null>;
}

type Steps = Record<string, { days?: number; minutes?: number }>;

const inWeek: Steps = {
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
  ArrowUp: { minutes: -30 },
  ArrowDown: { minutes: 30 },
  PageUp: { days: -7 },
  PageDown: { days: 7 },
};

/** The same keys where weeks stand one below the other. */
const inMonth: Steps = {
  ...inWeek,
  ArrowUp: { days: -7 },
  ArrowDown: { days: 7 },
  PageUp: { minutes: -30 },
  PageDown: { minutes: 30 },
};

export const isStep = (key: string): boolean => key in inWeek;

const Holding = createContext<Hand | null>(null);
export const HandProvider = Holding.Provider;

/** The hand that moves posts, inside a calendar. */
export function useHand(): Hand {
  const hand = useContext(Holding);
  if (!hand) throw new Error('There is no calendar around this card.');
  return hand;
}

/** Says why a post cannot be moved; nothing of one that can. */
export function useSayFixed(): (slot: Slot) => boolean {
  const { t } = useTranslation();
  return ({ post }) => {
    const why = whyFixed(post);
    if (why) showToast({ text: t(`calendar.fixed.${why}`), about: post.id });
    return why !== null;
  };
}

interface Carried {
  from: Slot;
  local: string;
  /** Taken up by holding Alt: put down when Alt is let go. */
  byAlt: boolean;
}

/** Moves posts by keyboard and by hand. `onShow` is asked to bring a day into view. */
export function useLift(layout: 'week' | 'month', onShow: (on: string) => void): Lift {
  const steps = layout === 'month' ? inMonth : inWeek;
  const { t } = useTranslation();
  const { zone } = useWorkspace();
  const format = useFormat();
  const move = useMovePost();
  const sayFixed = useSayFixed();
  const [carried, setCarried] = useState<Carried | null>(null);
  const [settling, setSettling] = useState<ReadonlyMap<string, Slot>>(new Map());
  const [word, setWord] = useState('');
  const [asked, setAsked] = useState<Slot | null>(null);
  const focused = useRef<string | null>(null);

  const say = (local: string) => `${format.fullDate(local.slice(0, 10))}, ${format.time(local)}`;

  const put = (slot: Slot, local: string) => {
    const placed = { post: slot.post, local };
    setSettling((all) => new Map(all).set(slot.post.id, placed));
    void move(slot.post, local).then(() =>
      setSettling((all) => {
        if (all.get(slot.post.id) !== placed) return all;
        const rest = new Map(all);
        rest.delete(slot.post.id);
        return rest;
      }),
    );
  };
  const step = (now: Carried, key: string) => {
    const local = moveLocal(now.local, steps[key] ?? {});
    if (local < wallClock(Temporal.Now.instant().toString(), zone)) {
      setWord(t('calendar.lift.over', { time: say(local) }));
      setCarried(now);
      return;
    }
    setCarried({ ...now, local });
    onShow(local.slice(0, 10));
    const meant = meanTime(local, zone);
    setWord(
      meant?.moved ? t('calendar.lift.gap', { time: say(meant.local) }) : t('calendar.lift.at', { time: say(local) }),
    );
  };
  const putDown = (now: Carried) => {
    setCarried(null);
    setWord('');
    if (now.local !== now.from.local) put(now.from, now.local);
  };
  const leave = (now: Carried) => {
    setCarried(null);
    setWord(t('calendar.lift.left'));
    onShow(now.from.local.slice(0, 10));
  };

  useEffect(() => {
    if (!carried) return;
    const down = (event: KeyboardEvent) => {
      const { key } = event;
      if (isStep(key)) step(carried, key);
      else if (key === 'Enter' || key === ' ' || key === 'm') putDown(carried);
      else if (key === 'Escape' || key === 'Tab') leave(carried);
      else return;
      if (key === 'Tab') return;
      event.preventDefault();
      event.stopPropagation();
    };
    const up = (event: KeyboardEvent) => {
      if (event.key !== 'Alt' || !carried.byAlt) return;
      event.preventDefault();
      putDown(carried);
    };
    const press = () => leave(carried);
    window.addEventListener('keydown', down, true);
    window.addEventListener('keyup', up, true);
    window.addEventListener('pointerdown', press, true);
    return () => {
      window.removeEventListener('keydown', down, true);
      window.removeEventListener('keyup', up, true);
      window.removeEventListener('pointerdown', press, true);
    };
  });

  const now = carried ? { post: carried.from.post, local: carried.local } : null;
  const places = useMemo(
    () =>
      carried
        ? new Map(settling).set(carried.from.post.id, { post: carried.from.post, local: carried.local })
        : settling,
    [carried, settling],
  );
  const take = (slot: Slot, key: string | null) => {
    if (sayFixed(slot)) return;
    focused.current = slot.post.id;
    const taken = { from: slot, local: slot.local, byAlt: key !== null };
    if (key !== null) return step(taken, key);
    setCarried(taken);
    setWord(t('calendar.lift.taken', { time: say(slot.local) }));
  };
  const latest = useRef({ take, put });
  latest.current = { take, put };
  const [hand] = useState<Hand>(() => ({
    take: (slot, key) => latest.current.take(slot, key),
    put: (slot, local) => latest.current.put(slot, local),
    ask: setAsked,
    endAsking: () => setAsked(null),
    focused,
  }));
  return { places, carried: now, word, asked, hand };
}
