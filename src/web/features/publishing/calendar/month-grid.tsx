import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { DayColumn } from './day-column.tsx';
import { FreeDay, WriteOn } from './day-parts.tsx';
import { MonthLine } from './month-line.tsx';
import { type DayProps, isSameDay, useDay } from './use-day.ts';
import './month.css';

interface MonthGridProps {
  days: DayProps[];
  /** YYYY-MM */
  month: string;
}

/** The weeks of a month one below the other; on a phone small, with the posts of the pressed day beneath. */
export function MonthGrid(props: MonthGridProps) {
  const format = useFormat();
  const isWide = useMediaQuery('(min-width: 64em)', undefined, { getInitialValueInEffect: false });
  return (
    <div className="month">
      <div className="month-names" aria-hidden="true">
        {format.weekdays(isWide ? 'short' : 'narrow').map((name, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: narrow names are not unique
          <span key={at}>{name}</span>
        ))}
      </div>
      {isWide ? <WideMonth {...props} /> : <SmallMonth {...props} />}
    </div>
  );
}

function WideMonth({ days, month }: MonthGridProps) {
  return (
    <div className="month-days">
      {days.map((day) => (
        <MonthDay key={day.on} {...day} isOther={!day.on.startsWith(month)} />
      ))}
    </div>
  );
}

/** So many posts fit into a day of the month; of more, one line less and how many there are. */
const mostLines = 3;

const MonthDay = memo(
  function MonthDay(props: DayProps & { isOther: boolean }) {
    const { on, slots, today, carriedId, free, whereOf, isOther } = props;
    const { t } = useTranslation();
    const { id: workspaceId } = useWorkspace();
    const format = useFormat();
    const { place, over, mayWrite, press } = useDay(props, false);
    const carriedAt = slots.findIndex((it) => it.post.id === carriedId);
    const most = slots.length > mostLines ? mostLines - 1 : mostLines;
    // What is in the hand is never hidden among the others.
    const shown = slots.filter((_, at) => (carriedAt >= most ? at < most - 1 || at === carriedAt : at < most));
    const more = slots.length - shown.length;
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the link in its head does the same
      <section
        ref={place}
        className="day month-day"
        aria-label={`${format.fullDate(on)}, ${t('rhythm.posts', { count: slots.length })}`}
        data-today={on === today}
        data-past={on < today}
        data-other={isOther}
        data-over={over !== null}
        data-open={mayWrite}
        onClick={press}
      >
        <header className="day-head">
          <h2>
            <b>{on.endsWith('-01') ? format.dayMonth(on) : format.number(Number(on.slice(8)))}</b>
          </h2>
          {mayWrite ? <WriteOn on={on} /> : null}
        </header>
        <ul className="slots">
          {shown.map((it) => (
            <MonthLine key={it.post.id} slot={it} isCarried={it.post.id === carriedId} where={whereOf(it.post)} />
          ))}
        </ul>
        {more > 0 ? (
          <Link
            to="/w/$workspaceId/calendar"
            params={{ workspaceId }}
            search={{ week: on }}
            hash={`day-${on}`}
            className="month-more"
            aria-label={`${t('rhythm.more', { count: more })}, ${format.fullDate(on)}`}
          >
            {t('rhythm.more', { count: more })}
          </Link>
        ) : null}
        {mayWrite ? <FreeDay on={on} free={free} /> : null}
      </section>
    );
  },
  (one, other) => isSameDay(one, other) && one.isOther === other.isOther,
);

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function SmallMonth({ days, month }: MonthGridProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const grid = useRef<HTMLDivElement>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const today = days[0]?.today ?? '';
  const first = today.startsWith(month) ? today : `${month}-01`;
  const shown = days.find((it) => it.on === picked) ?? days.find((it) => it.on === first);
  const step = (event: KeyboardEvent) => {
    const by = steps[event.key];
    const at = days.findIndex((it) => it.on === shown?.on) + (by ?? 0);
    const next = days[at];
    if (by === undefined || !next) return;
    event.preventDefault();
    setPicked(next.on);
    grid.current?.querySelectorAll('button')[at]?.focus();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside */}
      <div className="month-small" ref={grid} onKeyDown={step}>
        {days.map(({ on, slots, free }) => (
          <button
            key={on}
            type="button"
            tabIndex={on === shown?.on ? 0 : -1}
            aria-pressed={on === shown?.on}
            aria-label={`${format.fullDate(on)}, ${t('rhythm.posts', { count: slots.length })}`}
            aria-current={on === today ? 'date' : undefined}
            data-other={!on.startsWith(month)}
            onClick={() => setPicked(on)}
          >
            {format.number(Number(on.slice(8)))}
            <span aria-hidden="true" className="month-dots" data-free={free !== ''}>
              {slots.slice(0, 3).map((it) => (
                <i key={it.post.id} />
              ))}
            </span>
          </button>
        ))}
      </div>
      <MonthLegend hasFree={days.some(({ slots, free }) => slots.length === 0 && free !== '')} />
      {shown ? <DayColumn key={shown.on} {...shown} nameWidth="wide" /> : null}
    </>
  );
}

/** What the marks of the small month say, as far as there are such marks. */
function MonthLegend({ hasFree }: { hasFree: boolean }) {
  const { t } = useTranslation();
  return (
    <p className="month-legend">
      <span>
        <span aria-hidden="true" className="month-dots">
          <i />
        </span>
        {t('monthMarks.post')}
      </span>
      {hasFree ? (
        <span>
          <span aria-hidden="true" className="month-dots" data-free="true" />
          {t('monthMarks.free')}
        </span>
      ) : null}
    </p>
  );
}
