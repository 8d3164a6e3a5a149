import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Shortcut, useShortcuts } from '../../../lib/shortcuts.ts';
import { stepFocus, useListKeys } from '../../../lib/use-list-keys.ts';
import { type CalendarView, calendarViews } from './calendar-views.ts';

const posts = '[data-post] a';

/** Binds the calendar's keys: another view, earlier and later, today, from post to post, and moving one. */
export function useCalendarShortcuts(acts: {
  view: CalendarView;
  show: (view: CalendarView) => void;
  go: (by: -1 | 1) => void;
  goToday: () => void;
}): void {
  const { t } = useTranslation();
  const latest = useRef(acts);
  latest.current = acts;
  const hasDays = acts.view !== 'drafts';
  const step = (by: 1 | -1) => stepFocus({ current: document.querySelector('.planned') }, posts, by);
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      ...calendarViews.map(
        (view, at): Shortcut => ({
          keys: String(at + 1),
          name: t(`calendar.views.${view}`),
          group: 'go',
          act: () => latest.current.show(view),
        }),
      ),
      ...(hasDays
        ? ([
            { keys: 'p', name: t('calendar.before'), group: 'go', act: () => latest.current.go(-1) },
            { keys: 'n', name: t('calendar.after'), group: 'go', act: () => latest.current.go(1) },
            { keys: 't', name: t('rhythm.today'), group: 'go', act: () => latest.current.goToday() },
            // On a post that has the focus the post itself hears it first.
            {
              keys: 'm',
              name: t('rhythm.move'),
              group: 'list',
              act: () => document.querySelector<HTMLElement>(posts)?.focus(),
            },
          ] satisfies Shortcut[])
        : []),
    ],
    [t, hasDays],
  );
  useShortcuts(shortcuts);
  useListKeys(step);
}
