import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { isOwnNetwork } from '../../lib/networks.ts';
import { useChannels } from '../../lib/use-everyone.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTickMean } from './use-tick-mean.ts';

/** What the goal does not have yet, each with the press that says it is there now; nothing once the goal is reached. */
export function GoalNeeds({ goal }: { goal: Goal }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const mayChange = useMay('goals.update');
  const mayLink = useMay('page.update');
  const page = useChannels()?.find((it) => isOwnNetwork(it.network));
  const { tick, isBusy } = useTickMean(goal);
  const { data: progress } = useQuery(api.analytics.progress.queryOptions({ input: { workspaceId, goalId: goal.id } }));
  // What was reached needs nothing more.
  if (!progress || progress.status === 'reached' || goal.means.every((it) => it.atHand)) return null;
  return (
    <Notice tone="warn" title={t('goals.needs.title')}>
      <ul className="goal-needs">
        {goal.means.map(({ what, atHand }, place) =>
          atHand ? null : (
            <li key={what}>
              <span dir="auto">{what}</span>
              {mayChange ? (
                <Button
                  variant="default"
                  disabled={isBusy}
                  aria-label={t('goals.needs.haveNamed', { what })}
                  onClick={() => void tick(place, true)}
                >
                  {t('goals.needs.have')}
                </Button>
              ) : null}
            </li>
          ),
        )}
      </ul>
      {goal.metric === 'page-link-clicks' && page && mayLink ? (
        <LinkButton
          variant="default"
          to="/w/$workspaceId/channels/$channelId"
          params={{ workspaceId, channelId: page.id }}
        >
          {t('goals.needs.link')}
        </LinkButton>
      ) : null}
    </Notice>
  );
}
