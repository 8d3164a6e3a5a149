import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api, client } from '../../../lib/api.ts';
import { todayIn } from '../../../lib/local-day.ts';
import { useReport } from '../../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { IconRefresh } from '../../../ui/icons.ts';
import { showToast } from '../../../ui/toasts.tsx';

/** How a goal's figures come, and the way to have them now; the way alone where there is no room for more. */
export function RefreshGoal({ goal, isBrief = false }: { goal: Goal; isBrief?: boolean }) {
  const { t } = useTranslation('evidence');
  const { id: workspaceId, zone } = useWorkspace();
  const mayRefresh = useMay('analytics.refresh');
  if (goal.deadlineOn < todayIn(zone)) return isBrief ? null : <p className="standing-quiet">{t('refresh.over')}</p>;
  return (
    <Refresh
      may={mayRefresh}
      onRefresh={() => client.analytics.refresh({ workspaceId, goalId: goal.id })}
      explain={isBrief ? null : t('refresh.explain')}
    />
  );
}

/** The same for one delivery. */
export function RefreshDelivery({ deliveryId }: { deliveryId: string }) {
  const { t } = useTranslation('evidence');
  const { id: workspaceId } = useWorkspace();
  const mayRefresh = useMay('analytics.refreshDelivery');
  return (
    <Refresh
      may={mayRefresh}
      onRefresh={() => client.analytics.refreshDelivery({ workspaceId, deliveryId })}
      explain={t('refresh.explain')}
    />
  );
}

/** What Goalpost knows itself needs no fetching: it is only asked anew. */
export function LookAgain({ explain }: { explain: string }) {
  const { t } = useTranslation('evidence');
  const queries = useQueryClient();
  const [isLooking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    await Promise.all(
      [api.analytics, api.page, api.publishing, api.deliveries, api.goals].map((it) =>
        queries.invalidateQueries({ queryKey: it.key() }),
      ),
    );
    setLooking(false);
  };
  return (
    <div className="evidence-refresh">
      <p>{explain}</p>
      <Button variant="default" loading={isLooking} leftSection={<IconRefresh size={18} />} onClick={() => void look()}>
        {t('refresh.again')}
      </Button>
    </div>
  );
}

interface RefreshProps {
  may: boolean;
  onRefresh: () => Promise<{ queued: number }>;
  explain: string | null;
}

function Refresh({ may, onRefresh, explain }: RefreshProps) {
  const { t: web } = useTranslation();
  const report = useReport();
  const [isFetching, setFetching] = useState(false);
  const refresh = async () => {
    setFetching(true);
    await report(async () => {
      const { queued } = await onRefresh();
      showToast({ text: queued > 0 ? web('figures.fetching', { count: queued }) : web('figures.nothingToFetch') });
    });
    setFetching(false);
  };
  return (
    <div className="evidence-refresh">
      {explain === null ? null : <p>{explain}</p>}
      {may ? (
        <Button
          variant="default"
          loading={isFetching}
          leftSection={<IconRefresh size={18} />}
          onClick={() => void refresh()}
        >
          {web('figures.fetchNow')}
        </Button>
      ) : null}
    </div>
  );
}
