import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Post } from '#contract/posts.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useMay } from '../../../lib/workspace.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { DeliveryLine } from '../deliveries/delivery-line.tsx';
import { usePostActs } from './use-post-acts.ts';

interface StandingProps {
  post: Post;
  /** It was told to go out at once: no calendar to take it off. */
  isLeaving: boolean;
  onDraftAgain: (post: Post) => void;
}

/** How a post stands on each of its channels, once it is more than a draft. */
export function Standing({ post, isLeaving, onDraftAgain }: StandingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const acts = usePostActs();
  const mayCancel = useMay('posts.cancel');
  const { plannedFor, deliveries, state } = post;
  const isWaiting = (state === 'scheduled' && !isLeaving) || state === 'held';
  return (
    <Sheet
      title={
        plannedFor && isWaiting
          ? t('compose.plannedFor', { time: format.longDateTime(plannedFor.at) })
          : t('compose.standing')
      }
      aside={
        mayCancel && isWaiting ? (
          <Button variant="default" onClick={() => void acts.cancel(post.id, onDraftAgain)}>
            {t('compose.takeOff')}
          </Button>
        ) : null
      }
    >
      {plannedFor?.moved ? <Notice tone="warn">{t('compose.wasMoved')}</Notice> : null}
      {isWaiting ? <p className="form-hint">{t('compose.byHandHint')}</p> : null}
      <ul className="delivery-list">
        {deliveries.map((it) => (
          <DeliveryLine key={it.id} delivery={it} showsPost={false} canCancel={deliveries.length > 1} />
        ))}
      </ul>
    </Sheet>
  );
}
