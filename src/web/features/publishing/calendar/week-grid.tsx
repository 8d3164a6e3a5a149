import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { todayIn } from '../../../lib/local-day.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { IconPlus } from '../../../ui/icons.ts';
import type { Day, Slot } from './lay-week.ts';
import { SlotCard } from './slot-card.tsx';
import { useMovePost } from './use-move-post.ts';

/** Days side by side, or one below the other where there is no room. A post dropped on a day keeps its hour. */
export function WeekGrid({ days, layout }: { days: Day[]; layout: 'week' | 'list' }) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const move = useMovePost();
  const mayWrite = useMay('posts.create');
  const [dragged, setDragged] = useState<Slot | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const today = todayIn(zone);
  const drop = (on: string) => {
    setOver(null);
    if (dragged && !dragged.local.startsWith(on)) void move(dragged.post, `${on}T${dragged.local.slice(11)}`);
  };
  const shown = layout === 'list' ? days.filter((it) => it.slots.length > 0) : days;
  return (
    <div className={`week week-${layout}`}>
      {shown.map(({ on, slots }) => (
        <section
          key={on}
          className="day"
          aria-label={format.fullDate(on)}
          data-today={on === today}
          data-past={on < today}
          data-over={over === on}
          onDragOver={(event) => {
            if (!dragged) return;
            event.preventDefault();
            setOver(on);
          }}
          onDragLeave={() => setOver((it) => (it === on ? null : it))}
          onDrop={(event) => {
            event.preventDefault();
            drop(on);
          }}
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
            {slots.map((it) => (
              <SlotCard key={it.post.id} slot={it} onDrag={setDragged} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
