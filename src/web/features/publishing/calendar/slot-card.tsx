import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { PostWord } from '../delivery-words.tsx';
import { excerptOf } from '../excerpt-of.ts';
import { MoveButton } from './move-button.tsx';
import { type CardProps, isSameCard, useCard } from './use-card.ts';

/** A post at its hour. Moved by dragging, by m or Alt with the arrow keys, or by its button. */
export const SlotCard = memo(function SlotCard({ slot, isCarried, where }: CardProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { card, isMovable, marks, words } = useCard({ slot, isCarried });
  const { post, local } = slot;
  return (
    <li ref={card} className={`slot slot-${post.state}`} {...marks}>
      <div className="slot-head">
        <time dateTime={post.plannedFor?.at}>{format.time(local)}</time>
        {isMovable ? <MoveButton slot={slot} /> : null}
      </div>
      <Link
        to="/w/$workspaceId/posts/$postId"
        params={{ workspaceId, postId: post.id }}
        className="slot-words"
        dir="auto"
        {...words}
      >
        {excerptOf(post) || t('compose.untitled')}
      </Link>
      <span className="slot-where">{where || t('calendar.nowhere')}</span>
      <PostWord post={post} />
    </li>
  );
}, isSameCard);
