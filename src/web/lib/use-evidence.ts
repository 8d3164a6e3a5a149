import { metrics } from 'virtual:contract';
import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type EvidenceAddress, readTrail, writeTrail } from './evidence.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** How many steps of this tab's history opened the evidence that is open; absent where a link did. */
    evidenceSteps?: number;
  }
}

/** Opens what a figure is made of; from inside the drawer one step further, so that the way back is kept. */
export function useOpenEvidence(): (address: EvidenceAddress) => void {
  const router = useRouter();
  const navigate = useNavigate();
  return useCallback(
    (address) => {
      const { search, state } = router.state.location;
      const trail = readTrail(String((search as { evidence?: unknown }).evidence ?? '')) ?? [];
      void navigate({
        to: '.',
        search: (before) => ({ ...before, evidence: writeTrail([...trail, address]) }),
        state: { evidenceSteps: (state.evidenceSteps ?? 0) + 1 },
        resetScroll: false,
      });
    },
    [router, navigate],
  );
}

/** What the address of the screen says is open. */
export interface OpenEvidence {
  /** Null: nothing is open. Empty: the address says something that is no evidence. */
  trail: EvidenceAddress[] | null;
  /** One step back. */
  back: () => void;
  close: () => void;
}

/** The evidence that is open, and the ways out of it. Both undo the steps that led there, where there were any. */
export function useOpenedEvidence(): OpenEvidence {
  const router = useRouter();
  const navigate = useNavigate();
  const text = useSearch({ strict: false, select: (search) => (search as { evidence?: string }).evidence });
  const steps = useLocation({ select: (location) => location.state.evidenceSteps ?? 0 });
  const read = readTrail(text ?? '') ?? [];
  const trail = text === undefined ? null : read.every(isOfKnownMetric) ? read : [];
  const leave = (to: EvidenceAddress[]) =>
    void navigate({
      to: '.',
      search: ({ evidence: _, ...before }) => (to.length > 0 ? { ...before, evidence: writeTrail(to) } : before),
      replace: true,
      resetScroll: false,
    });
  return {
    trail,
    back: () => (steps > 0 ? router.history.back() : leave(trail?.slice(0, -1) ?? [])),
    close: () => {
      if (trail === null) return;
      if (steps > 0 && steps >= trail.length) router.history.go(-steps);
      else leave([]);
    },
  };
}

const isOfKnownMetric = (address: EvidenceAddress): boolean =>
  !('metric' in address) || address.metric === null || Object.hasOwn(metrics, address.metric);
