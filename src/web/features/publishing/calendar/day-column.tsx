import { Fragment, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { FreeDay, WriteOn } from './day-parts.tsx';
import { SlotCard } from './slot-card.tsx';
import { type DayProps, isSameDay, useDay } from './use-day.ts';

type DayColumnProps = DayProps & { nameWidth: 'wide' | 'short' };

/** One day. What falls on it keeps its hour where it fits between the others, and is told the time before it falls. */
export const DayColumn = memo(
  function DayColumn(props: DayColumnProps) {
    const { on, slots, today, carriedId, free, whereOf, nameWidth } = props;
    const { t } = useTranslation();
    const format = useFormat();
    const { place, over, mayWrite, press } = useDay(props, true);
    const line = over ? (
      <li className="slot-line" aria-hidden="true">
        {format.time(over.local)}
      </li>
    ) : null;
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the link in its head does the same
      <section
        ref={place}
        id={`day-${on}`}
        className="day"
        aria-label={`${format.fullDate(on)}, ${t('rhythm.posts', { count: slots.length })}`}
        data-today={on === today}
        data-past={on < today}
        data-over={over !== null}
        data-open={mayWrite}
        onClick={press}
      >
        <header className="day-head">
          <h2>
            <span>{format.weekday(on, nameWidth)}</span> <b>{format.dayMonth(on)}</b>
          </h2>
          {mayWrite ? <WriteOn on={on} /> : null}
        </header>
        <ul className="slots">
          {slots.map((it, index) => (
            <Fragment key={it.post.id}>
              {index === over?.index ? line : null}
              <SlotCard slot={it} isCarried={it.post.id === carriedId} where={whereOf(it.post)} />
            </Fragment>
          ))}
          {over && over.index >= slots.length ? line : null}
        </ul>
        {mayWrite ? <FreeDay on={on} free={free} /> : null}
      </section>
    );
  },
  (one, other) => isSameDay(one, other) && one.nameWidth === other.nameWidth,
);
