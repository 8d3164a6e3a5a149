import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, todayIn } from '../../../lib/local-day.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { IconChevronLeft, IconChevronRight } from '../../../ui/icons.ts';
import { Page } from '../../../ui/page.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { type CalendarView, calendarViews } from './calendar-views.ts';
import { Drafts } from './drafts.tsx';
import { addMonths, weeksOfMonth } from './lay-month.ts';
import { weekOf } from './lay-week.ts';
import { PlanSheet } from './plan-sheet.tsx';
import { Planned } from './planned.tsx';
import { useCalendarShortcuts } from './use-calendar-shortcuts.ts';
import { HandProvider, useLift } from './use-lift.ts';
import './calendar.css';

interface CalendarScreenProps {
  view: CalendarView;
  /** Any day (YYYY-MM-DD) of what is shown; undefined for today. */
  on: string | undefined;
  /** A day to be brought into view. */
  day: string | undefined;
  onGo: (to: { view: CalendarView; on?: string | undefined }) => void;
}

/** What is planned: a week or a month at a time, as a list of four weeks, and the drafts. */
export function CalendarScreen({ view, on, day, onGo }: CalendarScreenProps) {
  const { t } = useTranslation();
  const { zone } = useWorkspace();
  const format = useFormat();
  const today = todayIn(zone);
  const month = (on ?? today).slice(0, 7);
  const { from, days } =
    view === 'month'
      ? weeksOfMonth(month, format.weekStartsOn)
      : { from: weekOf(on ?? today, format.weekStartsOn), days: view === 'list' ? 28 : 7 };
  const isNow = view === 'month' ? month === today.slice(0, 7) : from === weekOf(today, format.weekStartsOn);
  const go = (by: -1 | 1) =>
    onGo({ view, on: view === 'month' ? `${addMonths(month, by)}-01` : addDays(from, by * days) });
  const show = (next: CalendarView) => onGo({ view: next, on: on === undefined ? on : keepNear(on, today) });
  const lift = useLift(view === 'month' ? 'month' : 'week', (to) => {
    if (view === 'drafts' || (to >= from && to < addDays(from, days))) return;
    onGo({ view, on: view === 'week' ? weekOf(to, format.weekStartsOn) : to });
  });
  useCalendarShortcuts({ view, show, go, goToday: () => onGo({ view }) });
  useShowDay(day);
  return (
    <HandProvider value={lift.hand}>
      <Page title={t(`calendar.title.${view}`)} width="wide">
        <div className="calendar-bar">
          <Segmented
            label={t('calendar.view')}
            value={view}
            options={calendarViews.map((value) => ({ value, label: t(`calendar.views.${value}`) }))}
            onChange={show}
          />
          {view === 'drafts' ? null : (
            <div className="calendar-steps">
              <ActionIcon variant="default" aria-label={t('calendar.before')} onClick={() => go(-1)}>
                <IconChevronLeft size={20} />
              </ActionIcon>
              {/* Not `disabled`: whoever comes here by keyboard and presses it keeps the place. */}
              <Button variant="default" {...(isNow ? here : {})} onClick={() => onGo({ view })}>
                {t(view === 'month' ? 'calendar.thisMonth' : 'calendar.thisWeek')}
              </Button>
              <ActionIcon variant="default" aria-label={t('calendar.after')} onClick={() => go(1)}>
                <IconChevronRight size={20} />
              </ActionIcon>
              <strong>
                {view === 'month'
                  ? format.monthYear(`${month}-01`)
                  : t('calendar.span', { from: format.dayMonth(from), to: format.date(addDays(from, days - 1)) })}
              </strong>
            </div>
          )}
        </div>
        {view === 'drafts' ? <Drafts /> : <Planned from={from} days={days} view={view} month={month} lift={lift} />}
        <p className={lift.carried ? 'lift-word' : 'unseen'} role="status" aria-live="assertive">
          {lift.word}
        </p>
        <PlanSheet asked={lift.asked} onClose={lift.hand.endAsking} />
      </Page>
    </HandProvider>
  );
}

/** On a button that leads to where one is already. */
const here = { 'aria-disabled': true, 'data-disabled': true } as const;

/** From a month to its week: this one when it is this month's. */
const keepNear = (on: string, today: string): string =>
  on.slice(0, 7) === today.slice(0, 7) && on.endsWith('-01') ? today : on;

/** Brings a day into view and gives it the focus, once, as soon as it is drawn. */
function useShowDay(day: string | undefined): void {
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    const place = day && shown.current !== day ? document.getElementById(`day-${day}`) : null;
    if (!place) return;
    shown.current = day;
    place.scrollIntoView({ block: 'nearest' });
    place.querySelector('a')?.focus();
  });
}
