import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '#contract/posts.ts';
import { api } from '../../../lib/api.ts';
import { addDays, todayIn } from '../../../lib/local-day.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { excerptOf } from '../excerpt-of.ts';
import { makeDraggable } from './drag-post.ts';
import { proposeTime } from './propose-time.ts';
import { useHand } from './use-lift.ts';

const shownAtOnce = 4;

/** Drafts without a day, beside the week: dragged onto a day, or planned by their button. */
export function DraftTray({ planned }: { planned: readonly Post[] }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const mayMove = useMay('posts.move');
  const { data } = useQuery(
    api.posts.list.queryOptions({ input: { workspaceId, state: 'draft', limit: 200 }, enabled: mayMove }),
  );
  const drafts = data?.items.filter((it) => it.plannedFor === null) ?? [];
  if (drafts.length === 0) return null;
  return (
    <Sheet
      className="draft-tray"
      title={t('planning.tray')}
      lead={t('planning.trayHint')}
      aside={
        drafts.length > shownAtOnce ? (
          <Link
            to="/w/$workspaceId/calendar"
            params={{ workspaceId }}
            search={{ view: 'drafts' }}
            className="quiet-link"
          >
            {t('planning.all')}
          </Link>
        ) : null
      }
    >
      <ul>
        {drafts.slice(0, shownAtOnce).map((it) => (
          <TrayCard key={it.id} post={it} time={proposeTime(it, planned)} />
        ))}
      </ul>
    </Sheet>
  );
}

function TrayCard({ post, time }: { post: Post; time: string }) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const hand = useHand();
  const card = useRef<HTMLLIElement>(null);
  const [isDragged, setDragged] = useState(false);
  const slot = { post, local: `${addDays(todayIn(zone), 1)}T${time}` };
  const title = excerptOf(post) || t('compose.untitled');
  useEffect(() => {
    if (!card.current) return;
    return makeDraggable(card.current, { slot, mayDrag: () => true, onDragged: setDragged });
  });
  return (
    <li ref={card} className="slot slot-draft" data-movable="true" data-dragged={isDragged}>
      <Link
        to="/w/$workspaceId/posts/$postId"
        params={{ workspaceId, postId: post.id }}
        className="slot-words"
        dir="auto"
        draggable={false}
      >
        {title}
      </Link>
      <Button variant="subtle" aria-label={t('planning.planOne', { title })} onClick={() => hand.ask(slot)}>
        {t('planning.plan')}
      </Button>
    </li>
  );
}
