import { Link } from '@tanstack/react-router';
import { Fragment, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { todayIn } from '../../../lib/local-day.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { wallClock } from '../../../lib/wall-clock.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { IconPlus } from '../../../ui/icons.ts';
import { type Fall, makeDay } from './drag-post.ts';
import type { Day } from './lay-week.ts';
import { notBefore, timeBetween } from './move.rules.ts';
import { SlotCard } from './slot-card.tsx';
import { useLifting } from './use-lift.ts';

/** Days side by side, or one below the other where there is no room. */
export function WeekGrid({ days, layout }: { days: Day[]; layout: 'week' | 'list' }) {
  const { zone } = useWorkspace();
  const today = todayIn(zone);
  const shown = layout === 'list' ? days.filter((it) => it.slots.length > 0) : days;
  return (
    <div className={`week week-${layout}`}>
      {shown.map((day) => (
        <DayColumn key={day.on} day={day} today={today} layout={layout} />
      ))}
    </div>
  );
}

/** One day. What falls on it keeps its hour where it fits between the others, and is told the time before it falls. */
function DayColumn({ day: { on, slots }, today, layout }: { day: Day; today: string; layout: 'week' | 'list' }) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const lift = useLifting();
  const mayWrite = useMay('posts.create');
  const place = useRef<HTMLElement>(null);
  const [over, setOver] = useState<{ index: number; local: string } | null>(null);
  const land = ({ slot, index }: Fall) => {
    const others = slots.filter((it) => it.post.id !== slot.post.id);
    const time = timeBetween(
      slot.local.slice(11),
      others[index - 1]?.local.slice(11) ?? null,
      others[index]?.local.slice(11) ?? null,
    );
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
        if (fall.slot.post.plannedFor === null) lift.ask({ post: fall.slot.post, local });
        else if (local !== fall.slot.local) lift.put(fall.slot, local);
      },
    });
  });
  const line = over ? (
    <li className="slot-line" aria-hidden="true">
      {format.time(over.local)}
    </li>
  ) : null;
  return (
    <section
      ref={place}
      className="day"
      aria-label={format.fullDate(on)}
      data-today={on === today}
      data-past={on < today}
      data-over={over !== null}
    >
      <header className="day-head">
        <h2>
          <span>{format.weekday(on, layout === 'list' ? 'wide' : 'short')}</span> <b>{format.dayMonth(on)}</b>
        </h2>
        {mayWrite && on >= today ? (
          <Link
            to="/w/$workspaceId/posts/$postId"
            params={{ workspaceId, postId: 'new' }}
            search={{ on }}
            className="day-add"
            aria-label={t('calendar.writeOn', { date: format.fullDate(on) })}
          >
            <IconPlus size={18} />
          </Link>
        ) : null}
      </header>
      <ul className="slots">
        {slots.map((it, index) => (
          <Fragment key={it.post.id}>
            {index === over?.index ? line : null}
            <SlotCard slot={it} />
          </Fragment>
        ))}
        {over && over.index >= slots.length ? line : null}
      </ul>
    </section>
  );
}
