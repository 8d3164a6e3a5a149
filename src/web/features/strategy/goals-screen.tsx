import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { stepFocus, useListKeys } from '../../lib/use-list-keys.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { useGoalSentence } from './goal-sentence.ts';
import { NotYetYours } from './not-yet-yours.tsx';
import { useArchiveGoal } from './use-archive-goal.ts';
import './goals.css';

/** All goals, the nearest deadline first. `renderStanding` shows how one stands. */
export function GoalsScreen({ renderStanding }: { renderStanding: (goal: Goal) => ReactNode }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const [showsArchive, setShowsArchive] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  useListKeys((by) => stepFocus(list, '.goal-title', by));
  const maySet = useMay('goals.create');
  const goals = useQuery(
    api.goals.list.queryOptions({ input: { workspaceId, limit: 200, ...(showsArchive ? { archived: 'true' } : {}) } }),
  );
  const isArchiveEmpty = useIsArchiveEmpty();
  const newGoal = maySet ? (
    <LinkButton to="/w/$workspaceId/goals/new" params={{ workspaceId }} leftSection={<IconPlus size={18} />}>
      {t('goals.new')}
    </LinkButton>
  ) : null;
  const items = (goals.data?.items ?? []).filter((it) => (it.archivedAt !== null) === showsArchive);
  const isEmpty = goals.data && items.length === 0 && !showsArchive;
  return (
    <Page title={t('rooms.goals')} lead={t('goals.lead')} actions={isEmpty ? null : newGoal}>
      {goals.isPending ? <Waiting label={t('app.loading')} /> : null}
      {goals.error ? <FailureNotice error={goals.error} onRetry={() => void goals.refetch()} /> : null}
      {isEmpty ? (
        <EmptyState
          title={t('goals.empty.title')}
          action={
            maySet ? (
              <>
                {newGoal}
                <LinkButton variant="default" to="/w/$workspaceId/begin" params={{ workspaceId }}>
                  {t('begin.offer')}
                </LinkButton>
              </>
            ) : null
          }
        >
          <p>{t('goals.empty.why')}</p>
          <p>{t('goals.empty.example')}</p>
        </EmptyState>
      ) : null}
      <ul className="goal-list" ref={list}>
        {items.map((goal) => (
          <GoalLine key={goal.id} goal={goal}>
            {showsArchive ? null : renderStanding(goal)}
          </GoalLine>
        ))}
      </ul>
      {showsArchive && goals.data && items.length === 0 ? (
        <p className="goals-quiet">{t('goals.archiveEmpty')}</p>
      ) : null}
      {isArchiveEmpty && !showsArchive ? null : (
        <div>
          <Button variant="subtle" className="flush" onClick={() => setShowsArchive(!showsArchive)}>
            {showsArchive ? t('goals.hideArchive') : t('goals.showArchive')}
          </Button>
        </div>
      )}
    </Page>
  );
}

/** Is nothing archived, or not known yet? */
function useIsArchiveEmpty(): boolean {
  const { id: workspaceId } = useWorkspace();
  const one = useQuery(api.goals.list.queryOptions({ input: { workspaceId, limit: 1, archived: 'true' } }));
  return (one.data?.items.length ?? 0) === 0;
}

function GoalLine({ goal, children }: { goal: Goal; children: ReactNode }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const say = useGoalSentence();
  const { restore } = useArchiveGoal();
  return (
    <li className="goal-line">
      <div className="goal-words">
        <Link
          to="/w/$workspaceId/goals/$goalId"
          params={{ workspaceId, goalId: goal.id }}
          className="goal-title"
          dir="auto"
        >
          {goal.title}
        </Link>
        <p>{say(goal)}</p>
        {goal.archivedAt ? null : <NotYetYours kind="goal" item={goal} />}
      </div>
      {goal.archivedAt ? (
        <Button variant="default" onClick={() => restore(goal.id)}>
          {t('goals.restore')}
        </Button>
      ) : (
        children
      )}
    </li>
  );
}
