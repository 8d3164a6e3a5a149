import { useInfiniteQuery } from '@tanstack/react-query';
import type { Delivery, DeliveryState, LedgerView } from '#contract/deliveries.ts';
import { api } from '../../../lib/api.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';

interface LedgerPart {
  show: LedgerView;
  state?: DeliveryState;
  /** How many at a time. */
  limit: number;
}

/** A part of the ledger, page by page. */
export function useLedger({ show, state, limit }: LedgerPart) {
  const { id: workspaceId } = useWorkspace();
  const query = useInfiniteQuery(
    api.deliveries.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspaceId,
        show,
        limit,
        ...(state ? { state } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const deliveries: Delivery[] = query.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...query, deliveries };
}

export type Ledger = ReturnType<typeof useLedger>;
