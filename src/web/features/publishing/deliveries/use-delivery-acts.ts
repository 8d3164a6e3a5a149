import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Content } from '#contract/content.ts';
import type { Delivery } from '#contract/deliveries.ts';
import { api, client } from '../../../lib/api.ts';
import { useReport } from '../../../lib/use-report.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { showToast } from '../../../ui/toasts.tsx';

/** What a person can decide about one delivery. */
export interface DeliveryActs {
  retry: (delivery: Delivery) => Promise<boolean>;
  cancel: (delivery: Delivery) => Promise<boolean>;
  confirmLive: (delivery: Delivery, address: string | null) => Promise<boolean>;
  sendAgain: (delivery: Delivery) => Promise<boolean>;
  takeDown: (delivery: Delivery) => Promise<boolean>;
  /** Resolves to what stood in the way, to be said beside the words; null when it was done or is gone on with. */
  correct: (delivery: Delivery, content: Content) => Promise<unknown>;
}

/** Decisions about deliveries, each told when done. */
export function useDeliveryActs(): DeliveryActs {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const refresh = () =>
    Promise.all(
      [api.deliveries, api.posts, api.publishing].map((it) => queries.invalidateQueries({ queryKey: it.key() })),
    );
  const act = (call: () => Promise<Delivery>, text: string) =>
    report(async () => {
      try {
        await call();
        showToast({ text });
      } finally {
        await refresh();
      }
    });
  const one = ({ id }: Delivery) => ({ workspaceId, deliveryId: id });
  return {
    retry: (it) => act(() => client.deliveries.retry(one(it)), t('deliveries.retried')),
    cancel: (it) => act(() => client.deliveries.cancel(one(it)), t('deliveries.cancelled')),
    confirmLive: (it, address) =>
      act(() => client.deliveries.confirmLive({ ...one(it), address }), t('deliveries.confirmed')),
    sendAgain: (it) => act(() => client.deliveries.sendAgain(one(it)), t('deliveries.sentAgain')),
    takeDown: (it) =>
      report(async () => {
        try {
          const { removedAt } = await client.deliveries.takeDown(one(it));
          showToast({ text: t(removedAt ? 'deliveries.takenDown' : 'deliveries.takeDownLater') });
        } finally {
          await refresh();
        }
      }),
    correct: async (it, content) => {
      try {
        const { afterwards } = await client.deliveries.correct({ ...one(it), content });
        showToast({ text: t(afterwards.asked ? 'deliveries.correctLater' : 'deliveries.corrected') });
        return null;
      } catch (error) {
        return error;
      } finally {
        await refresh();
      }
    },
  };
}
