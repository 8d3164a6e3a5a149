import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoingOut, StandingGoal, Today } from '#contract/today.ts';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { wallClock } from '../../lib/wall-clock.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { GoingOutToday } from './going-out.tsx';
import { StandingGoals } from './standing-goals.tsx';
import { Suggestions } from './suggestions.tsx';
import './today.css';

interface TodayScreenProps {
  /** Where a delivery is, as a word. */
  renderState: (delivery: GoingOut) => ReactNode;
  /** How a goal stands, as a word. */
  renderStatus: (goal: StandingGoal) => ReactNode;
}

/** The morning page: what is worth doing now, what goes out today, how the goals stand. */
export function TodayScreen(props: TodayScreenProps) {
  const { t } = useTranslation('first');
  const { t: say } = useTranslation('today');
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { data: me } = useQuery(api.me.get.queryOptions());
  const { data, error, refetch } = useQuery(api.today.get.queryOptions({ input: { workspaceId } }));
  const greeting = data
    ? say(`greeting.${daypartOf(wallClock(data.now, Temporal.Now.timeZoneId()))}`, { name: me?.name ?? '' })
    : say('title');
  // The page is known by its room, whatever its heading says.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new heading names the document anew, and this after it
  useEffect(() => {
    document.title = `${say('title')} · Goalpost`;
  }, [say, greeting]);
  if (error)
    return (
      <Page title={say('title')}>
        <FailureNotice error={error} onRetry={() => void refetch()} />
      </Page>
    );
  if (!data) return <Waiting label={t('app.loading')} />;
  return (
    <Page title={greeting} lead={format.fullDate(data.on)}>
      {data.isNew ? <Beginning today={data} /> : <Morning today={data} {...props} />}
    </Page>
  );
}

/** By the wall clock of who reads, YYYY-MM-DDTHH:mm; before four it is still evening. */
function daypartOf(local: string): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(local.slice(11, 13));
  return hour >= 4 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}

function Morning({ today, renderState, renderStatus }: { today: Today } & TodayScreenProps) {
  return (
    <div className="today">
      <Suggestions suggestions={today.suggestions} ideas={today.ideas} more={today.moreSuggestions} />
      <GoingOutToday
        goingOut={today.goingOut}
        more={today.moreGoingOut}
        // The way to the first post is through the one that is written.
        offersWriting={!today.suggestions.some((it) => it.kind === 'draft-first')}
        renderState={renderState}
      />
      <StandingGoals goals={today.goals} more={today.moreGoals} renderStatus={renderStatus} />
    </div>
  );
}

/** Before anything is here: the one way to begin. */
function Beginning({ today }: { today: Today }) {
  const { t: say } = useTranslation('today');
  const { id: workspaceId } = useWorkspace();
  const maySetGoals = useMay('goals.create');
  const interview = today.suggestions.find((it) => it.kind === 'interview');
  const action = (
    <>
      {interview ? (
        <LinkButton to={interview.path}>{say(`new.act.${interview.reason ?? 'not-begun'}`)}</LinkButton>
      ) : null}
      {maySetGoals ? (
        <LinkButton variant="subtle" to="/w/$workspaceId/goals/new" params={{ workspaceId }}>
          {say('new.alone')}
        </LinkButton>
      ) : null}
    </>
  );
  return (
    <EmptyState title={say('new.title')} action={action}>
      <p>{interview ? say('new.text') : say('new.wait')}</p>
    </EmptyState>
  );
}
