import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarScreen } from '../../features/publishing/calendar/calendar-screen.tsx';

const from = '/w/$workspaceId/calendar';

/** /w/…/calendar?week=2026-11-23 and /w/…/calendar?view=month&month=2026-11 */
export function CalendarRoute() {
  const { week, month, view = 'week' } = useSearch({ from });
  const { hash } = useLocation();
  const navigate = useNavigate({ from });
  return (
    <CalendarScreen
      view={view}
      on={view === 'month' && month ? `${month}-01` : week}
      day={hash.startsWith('day-') ? hash.slice('day-'.length) : undefined}
      onGo={({ view: next, on }) =>
        void navigate({
          search: {
            ...(next === 'week' ? {} : { view: next }),
            ...(on === undefined ? {} : next === 'month' ? { month: on.slice(0, 7) } : { week: on }),
          },
        })
      }
    />
  );
}
