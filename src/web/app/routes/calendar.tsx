import { useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarScreen } from '../../features/publishing/calendar/calendar-screen.tsx';

const from = '/w/$workspaceId/calendar';

/** /w/…/calendar */
export function CalendarRoute() {
  const { week, view = 'week' } = useSearch({ from });
  const navigate = useNavigate({ from });
  return (
    <CalendarScreen
      view={view}
      week={week}
      onGo={(to) =>
        void navigate({
          search: { ...(to.view === 'week' ? {} : { view: to.view }), ...(to.week ? { week: to.week } : {}) },
        })
      }
    />
  );
}
