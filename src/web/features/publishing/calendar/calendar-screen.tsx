import { ActionIcon, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../lib/api.ts';
import { addDays, todayIn } from '../../../lib/local-day.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { IconChevronLeft, IconChevronRight } from '../../../ui/icons.ts';
import { LinkButton } from '../../../ui/link-button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { EmptyState } from '../../../ui/sheet.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { DraftTray } from './draft-tray.tsx';
import { Drafts } from './drafts.tsx';
import { instantsOf, layDays, placeHeld, weekOf } from './lay-week.ts';
import { PlanSheet } from './plan-sheet.tsx';
import { LiftProvider, useLift, useLifting } from './use-lift.ts';
import { WeekGrid } from './week-grid.tsx';
import './calendar.css';

export type CalendarView = 'week' | 'list' | 'drafts';

interface CalendarScreenProps {
  view: CalendarView;
  /** Any day of the week shown; undefined for this week. */
  week: string | undefined;
  onGo: (to: { view: CalendarView; week?: string | undefined }) => void;
}

/** What is planned: a week at a time, as a list of four weeks, and the drafts. */
export function CalendarScreen({ view, week, onGo }: CalendarScreenProps) {
  const { t } = useTranslation();
  const { zone } = useWorkspace();
  const format = useFormat();
  const today = todayIn(zone);
  const first = weekOf(week ?? today, format.weekStartsOn);
  const days = view === 'list' ? 28 : 7;
  const isNow = first === weekOf(today, format.weekStartsOn);
  const go = (by: number) => onGo({ view, week: addDays(first, by) });
  const lift = useLift((on) => {
    if (view !== 'drafts' && (on < first || on >= addDays(first, days)))
      onGo({ view, week: view === 'list' ? on : weekOf(on, format.weekStartsOn) });
  });
  return (
    <LiftProvider value={lift}>
      <Page title={t(`calendar.title.${view}`)} width="wide">
        <div className="calendar-bar">
          <Segmented
            label={t('calendar.view')}
            value={view}
            options={(['week', 'list', 'drafts'] as const).map((value) => ({
              value,
              label: t(`calendar.views.${value}`),
            }))}
            onChange={(next) => onGo({ view: next, week })}
          />
          {view === 'drafts' ? null : (
            <div className="calendar-steps">
              <ActionIcon variant="default" aria-label={t('calendar.before')} onClick={() => go(-days)}>
                <IconChevronLeft size={20} />
              </ActionIcon>
              {/* Not `disabled`: whoever comes here by keyboard and presses it keeps the place. */}
              <Button variant="default" {...(isNow ? here : {})} onClick={() => onGo({ view })}>
                {t('calendar.thisWeek')}
              </Button>
              <ActionIcon variant="default" aria-label={t('calendar.after')} onClick={() => go(days)}>
                <IconChevronRight size={20} />
              </ActionIcon>
              <strong aria-live="polite">
                {t('calendar.span', { from: format.dayMonth(first), to: format.date(addDays(first, days - 1)) })}
              </strong>
            </div>
          )}
        </div>
        {view === 'drafts' ? <Drafts /> : <Planned from={first} days={days} view={view} />}
        <p className={lift.carried ? 'lift-word' : 'unseen'} role="status" aria-live="assertive">
          {lift.word}
        </p>
        <PlanSheet asked={lift.asked} onClose={lift.endAsking} />
      </Page>
    </LiftProvider>
  );
}

/** On a button that leads to where one is already. */
const here = { 'aria-disabled': true, 'data-disabled': true } as const;

function Planned({ from, days, view }: { from: string; days: number; view: 'week' | 'list' }) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const { places } = useLifting();
  const span = instantsOf(from, days, zone);
  const { data, error, isPending, refetch } = useQuery(
    api.posts.list.queryOptions({
      input: { workspaceId, state: 'planned', ...span, limit: 200 },
    }),
  );
  if (isPending) return <Waiting label={t('app.loading')} />;
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  const isEmpty = data.items.length === 0 && places.size === 0;
  return (
    <div className="planned">
      {view === 'week' ? <DraftTray planned={data.items} /> : null}
      {data.next ? <p className="form-hint">{t('calendar.tooMany')}</p> : null}
      {isEmpty && view === 'list' ? (
        <EmptyState
          title={t('calendar.empty.title')}
          action={
            <LinkButton to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId: 'new' }}>
              {t('app.compose')}
            </LinkButton>
          }
        >
          <p>{t('calendar.empty.text')}</p>
        </EmptyState>
      ) : (
        <WeekGrid days={layDays(placeHeld(data.items, places), from, days, zone)} layout={view} />
      )}
      {view === 'week' ? <p className="form-hint calendar-hint">{t('calendar.keys')}</p> : null}
    </div>
  );
}
