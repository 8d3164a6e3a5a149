import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { useNoteLook } from '../../lib/use-note-look.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconArchive, IconDots, IconPencil } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Page } from '../../ui/page.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { GoalFacts } from './goal-facts.tsx';
import { GoalNeeds } from './goal-needs.tsx';
import { useGoalSentence } from './goal-sentence.ts';
import { Initiatives } from './initiatives.tsx';
import { NotYetYours } from './not-yet-yours.tsx';
import { useArchiveGoal } from './use-archive-goal.ts';
import './goals.css';

interface GoalScreenProps {
  goalId: string;
  /** The figure with its trend and evidence. */
  renderFigure: (goal: Goal) => ReactNode;
  /** The posts that serve it. */
  renderPosts: (goal: Goal) => ReactNode;
}

/** One goal: its figure first, then what is done for it, then what was agreed. */
export function GoalScreen({ goalId, renderFigure, renderPosts }: GoalScreenProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const say = useGoalSentence();
  const { archive } = useArchiveGoal();
  const mayChange = useMay('goals.update');
  const mayWrite = useMay('posts.create');
  const { data: goal, ...query } = useQuery(api.goals.get.queryOptions({ input: { workspaceId, goalId } }));
  const note = useNoteLook();
  useEffect(() => note(goalId), [note, goalId]);
  if (query.error) {
    return (
      <Page title={t('rooms.goals')} back={{ to: `/w/${workspaceId}/goals`, label: t('rooms.goals') }}>
        <FailureNotice error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  if (!goal) return <Waiting label={t('app.loading')} />;
  const actions = (
    <>
      {mayWrite ? (
        <LinkButton to="/w/$workspaceId/compose" params={{ workspaceId }} search={{ goal: goal.id }}>
          {t('goals.writePost')}
        </LinkButton>
      ) : null}
      {mayChange ? (
        <Menu className="icon-button icon-button-framed" label={t('goals.moreActions')} face={<IconDots size={20} />}>
          <MenuItem
            icon={<IconPencil size={18} />}
            onSelect={() =>
              void navigate({ to: '/w/$workspaceId/goals/$goalId/edit', params: { workspaceId, goalId } })
            }
          >
            {t('goals.change')}
          </MenuItem>
          <MenuItem
            icon={<IconArchive size={18} />}
            onSelect={() =>
              void archive(goal.id, goal.title).then((isDone) =>
                isDone ? navigate({ to: '/w/$workspaceId/goals', params: { workspaceId } }) : undefined,
              )
            }
          >
            {t('goals.archive')}
          </MenuItem>
        </Menu>
      ) : null}
    </>
  );
  return (
    <Page
      title={goal.title}
      lead={say(goal)}
      actions={actions}
      back={{ to: `/w/${workspaceId}/goals`, label: t('rooms.goals') }}
    >
      {goal.archivedAt ? null : <NotYetYours kind="goal" item={goal} />}
      {goal.archivedAt ? null : <GoalNeeds goal={goal} />}
      {renderFigure(goal)}
      {renderPosts(goal)}
      <Initiatives goal={goal} />
      <GoalFacts goal={goal} />
    </Page>
  );
}
