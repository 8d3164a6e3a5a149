import { DayColumn } from './day-column.tsx';
import type { DayProps } from './use-day.ts';

/** Days side by side, or one below the other where there is no room. */
export function WeekGrid({ days, layout }: { days: DayProps[]; layout: 'week' | 'list' }) {
  const shown = layout === 'list' ? days.filter((it) => it.slots.length > 0) : days;
  return (
    <div className={`week week-${layout}`}>
      {shown.map((day) => (
        <DayColumn key={day.on} {...day} nameWidth={layout === 'list' ? 'wide' : 'short'} />
      ))}
    </div>
  );
}
