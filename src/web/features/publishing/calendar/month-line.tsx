import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { toneOf } from '../delivery-words.tsx';
import { excerptOf } from '../excerpt-of.ts';
import { type CardProps, isSameCard, useCard } from './use-card.ts';

/** A post in a line of the month: its hour, its words, and how it stands. */
export const MonthLine = memo(function MonthLine({ slot, isCarried, where }: CardProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { card, marks, words } = useCard({ slot, isCarried });
  const { post, local } = slot;
  const state = t(`postState.${post.state}`);
  return (
    <li ref={card} className="month-line" {...marks}>
      <Link
        to="/w/$workspaceId/posts/$postId"
        params={{ workspaceId, postId: post.id }}
        className={`word-${toneOf(post)}`}
        title={`${excerptOf(post)} · ${where} · ${state}`}
        {...words}
      >
        <span aria-hidden="true" className="word-mark" />
        <time dateTime={post.plannedFor?.at}>{format.time(local)}</time>{' '}
        <span dir="auto">{excerptOf(post) || t('compose.untitled')}</span>
        <span className="unseen">, {state}</span>
      </Link>
    </li>
  );
}, isSameCard);
