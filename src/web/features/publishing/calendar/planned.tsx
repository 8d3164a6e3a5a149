import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '#contract/posts.ts';
import { addDays, todayIn } from '../../../lib/local-day.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { LinkButton } from '../../../ui/link-button.tsx';
import { EmptyState } from '../../../ui/sheet.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { EndingLines } from '../ending-lines.tsx';
import { QuotaLines } from '../quota-lines.tsx';
import { DraftTray } from './draft-tray.tsx';
import { layDays } from './lay-week.ts';
import { MonthGrid } from './month-grid.tsx';
import { RhythmLines } from './rhythm-lines.tsx';
import type { DayProps } from './use-day.ts';
import type { Lift } from './use-lift.ts';
import { usePlanned } from './use-planned.ts';
import { WeekGrid } from './week-grid.tsx';
import { weighRhythm } from './weigh-rhythm.ts';

interface PlannedProps {
  from: string;
  days: number;
  view: 'week' | 'month' | 'list';
  /** YYYY-MM, the month shown. */
  month: string;
  lift: Lift;
}

/** Whole weeks with what is planned in them, held against the cadence of the channels. */
export function Planned({ from, days, view, month, lift }: PlannedProps) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const networkName = useNetworkName();
  const channels = useChannels();
  const { places, carried } = lift;
  const { data, error, isPending, isPlaceholderData, refetch } = usePlanned(from, days);
  const today = todayIn(zone);
  const laid = useMemo(
    () => layDays(data?.posts ?? [], { from, days, zone, places }),
    [data, from, days, zone, places],
  );
  // Named once, not by each card.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a network's name changes with the language, and so does `t`
  const whereOf = useMemo(() => {
    const names = new Map(channels?.map((it) => [it.id as string, networkName(it.network)]));
    return ({ variants }: Post) => [...new Set(variants.flatMap((it) => names.get(it.channelId) ?? []))].join(', ');
  }, [channels, t]);
  const rhythms = useMemo(() => {
    const weeks = Array.from({ length: days / 7 }, (_, at) => laid.slice(at * 7, at * 7 + 7));
    // Of a month what is over is not held against anyone.
    const open = view === 'month' ? weeks.filter((it) => (it.at(-1)?.on ?? '') >= today) : weeks;
    return {
      weeks: open.length,
      all: open.length > 0 ? weighRhythm(channels ?? [], open.flat(), today) : [],
      each: weeks.flatMap((it) => weighRhythm(channels ?? [], it, today)),
    };
  }, [channels, laid, days, today, view]);
  if (isPending) return <Waiting label={t('app.loading')} />;
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  const freeOn = Map.groupBy(
    (view === 'list' ? [] : rhythms.each).flatMap(({ channel, freeOn: on }) => on.map((it) => ({ on: it, channel }))),
    (it) => it.on,
  );
  const shown = laid.map(
    ({ on, slots }): DayProps => ({
      on,
      slots,
      today,
      carriedId: carried?.local.startsWith(on) ? carried.post.id : null,
      free:
        freeOn
          .get(on)
          ?.map((it) => it.channel.name)
          .join(', ') ?? '',
      whereOf,
    }),
  );
  const span =
    view === 'month'
      ? format.monthYear(`${month}-01`)
      : t('calendar.span', { from: format.dayMonth(from), to: format.date(addDays(from, days - 1)) });
  const count = laid.reduce((sum, it) => sum + it.slots.length, 0);
  return (
    <div className="planned" aria-busy={isPlaceholderData}>
      {view === 'list' ? null : <DraftTray planned={data.posts} />}
      {data.isMore ? <p className="form-hint">{t('calendar.tooMany')}</p> : null}
      <EndingLines />
      <QuotaLines from={from} to={addDays(from, days - 1)} />
      {view === 'list' ? null : <RhythmLines rhythms={rhythms.all} weeks={rhythms.weeks} />}
      <p className="unseen" role="status">
        {isPlaceholderData || carried ? '' : `${span}: ${t('rhythm.posts', { count })}`}
      </p>
      {count === 0 && view === 'list' ? (
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
      ) : view === 'month' ? (
        <MonthGrid days={shown} month={month} />
      ) : (
        <WeekGrid days={shown} layout={view} />
      )}
      {view === 'list' ? null : (
        <p className="form-hint calendar-hint">{t(view === 'month' ? 'rhythm.keys' : 'calendar.keys')}</p>
      )}
    </div>
  );
}
