import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { showToast } from '../../../ui/toasts.tsx';
import type { PostDraft } from '../draft/post-draft.ts';

/** Lets a channel say the base text again, with a way back to its own words. */
export function useFollow(
  draft: PostDraft,
  change: (part: Partial<PostDraft>) => void,
): (channel: Pick<Channel, 'id' | 'network'>) => void {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  // The way back is taken later: what was written elsewhere meanwhile stays.
  const latest = useRef(draft);
  latest.current = draft;
  return ({ id, network }) => {
    const own = draft.variants[id] ?? null;
    change({ variants: { ...draft.variants, [id]: null } });
    showToast({
      text: t('compose.followsAgain', { network: networkName(network) }),
      undo: { label: t('app.undo'), run: () => change({ variants: { ...latest.current.variants, [id]: own } }) },
    });
  };
}
