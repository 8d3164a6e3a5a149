import { useTranslation } from 'react-i18next';
import type { Delivery, DeliveryState } from '#contract/deliveries.ts';
import type { Post } from '#contract/posts.ts';
import { type Tone, Word } from '../../ui/notice.tsx';

const tones: Record<DeliveryState | Post['state'], Tone> = {
  draft: 'quiet',
  scheduled: 'quiet',
  claimed: 'accent',
  armed: 'accent',
  processing: 'accent',
  publishing: 'accent',
  unconfirmed: 'warn',
  published: 'good',
  'partly-published': 'warn',
  failed: 'bad',
  held: 'warn',
  cancelled: 'quiet',
};

/** Where a delivery is, as a word. Live is said of what was seen live, of nothing else. */
export function DeliveryWord({ state, removed = false }: { state: DeliveryState; removed?: boolean }) {
  const { t } = useTranslation('first');
  if (removed) return <Word tone="quiet">{t('deliveryState.removed')}</Word>;
  return <Word tone={tones[state]}>{t(`deliveryState.${state}`)}</Word>;
}

/** The tone of how a post stands. */
export const toneOf = ({ state }: Pick<Post, 'state'>): Tone => tones[state];

/** Where a post is over all its channels, as a word. What was taken down everywhere is not called live. */
export function PostWord({ post: { state, deliveries } }: { post: Pick<Post, 'state' | 'deliveries'> }) {
  const { t } = useTranslation('first');
  if (deliveries.length > 0 && deliveries.every((it) => it.removedAt !== null))
    return <Word tone="quiet">{t('deliveryState.removed')}</Word>;
  return <Word tone={tones[state]}>{t(`postState.${state}`)}</Word>;
}

/** Why a delivery is held or failed, what is safe and what to do; nothing when there is nothing to say. */
export function useDeliveryReason(): (delivery: Delivery) => string | null {
  const { t } = useTranslation('first');
  return ({ state, heldReason, fault }) => {
    if (state === 'held' && heldReason) return t(`held.${heldReason}`);
    if (state === 'failed') return t(`faults.${fault?.kind ?? 'unknown'}`, { defaultValue: t('faults.unknown') });
    if (state === 'unconfirmed') return t('deliveries.unconfirmed');
    return null;
  };
}
