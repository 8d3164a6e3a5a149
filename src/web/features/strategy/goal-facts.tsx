import { metrics } from 'virtual:contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { useLanguageName } from '../../lib/content-languages.ts';
import { useChannels, useMembers } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { Figure } from '../../ui/figure.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { GoalMeans } from './goal-means.tsx';

/** What was agreed about a goal: why, where it counts, from when, by whom, with what. */
export function GoalFacts({ goal }: { goal: Goal }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const members = useMembers();
  const languageName = useLanguageName();
  const mayChange = useMay('goals.update');
  const channels = useChannels() ?? [];
  const objectives = useQuery(api.objectives.list.queryOptions({ input: { workspaceId, limit: 200 } }));
  const objective = objectives.data?.items.find((it) => it.id === goal.objectiveId);
  const { scope, baseline, means } = goal;
  const where = [
    metrics[goal.metric].kind === 'sum-by-post' ? t(`goals.scope.${scope.posts}`) : null,
    scope.channelIds
      ? t('goals.scope.onChannels', {
          names: format.list(channels.filter((it) => scope.channelIds?.includes(it.id)).map((it) => it.name)),
        })
      : null,
    scope.languages ? t('goals.scope.inLanguages', { names: format.list(scope.languages.map(languageName)) }) : null,
    ...[scope.campaign, scope.place, scope.segment].map((name) => name && t('goals.scope.notYet', { name })),
  ].filter(Boolean);
  return (
    <Sheet
      title={t('goals.facts.title')}
      aside={
        mayChange ? (
          <Link
            to="/w/$workspaceId/goals/$goalId/edit"
            params={{ workspaceId, goalId: goal.id }}
            className="quiet-link"
          >
            {t('goals.change')}
          </Link>
        ) : null
      }
    >
      <dl className="facts">
        <div>
          <dt>{t('goals.form.objective')}</dt>
          <dd dir="auto">{objective?.title ?? t('goals.facts.noObjective')}</dd>
        </div>
        <div>
          <dt>{t('goals.scope.title')}</dt>
          <dd>{where.length > 0 ? where.join(' · ') : t('goals.facts.everywhere')}</dd>
        </div>
        <div>
          <dt>{t('goals.facts.baseline')}</dt>
          <dd>
            {baseline ? (
              <Figure of={{ kind: 'goal', goalId: goal.id, on: null }}>
                {t(`goals.facts.baseline-${baseline.source}`, {
                  value: format.number(baseline.value),
                  date: format.date(baseline.on),
                })}
              </Figure>
            ) : (
              t('goals.facts.baselineLater')
            )}
          </dd>
        </div>
        <div>
          <dt>{t('goals.form.start')}</dt>
          <dd>{format.date(goal.startsOn)}</dd>
        </div>
        <div>
          <dt>{t('goals.form.owner')}</dt>
          <dd>{members.find((it) => it.personId === goal.ownerId)?.name ?? t('goals.form.noOwner')}</dd>
        </div>
        <div>
          <dt>{t('goals.form.checkpoints')}</dt>
          <dd>{t(`checkpoints.${goal.checkpoints}`)}</dd>
        </div>
      </dl>
      {means.length > 0 ? (
        <div>
          <h3>{t('goals.form.means')}</h3>
          <GoalMeans goal={goal} />
        </div>
      ) : null}
    </Sheet>
  );
}
