import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { Figure } from '../../../ui/figure.tsx';
import '../../../ui/lines.css';

interface DueLineProps {
  of: { deliveryId: string; postId: string; excerpt: string };
  /** What is to be said of it in this list. */
  children: ReactNode;
}

/** One delivery of a list: its post, what the list says of it, and the way to its own evidence. */
export function DueLine({ of: { deliveryId, postId, excerpt }, children }: DueLineProps) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('evidence');
  const { id: workspaceId } = useWorkspace();
  const title = excerpt || web('compose.untitled');
  return (
    <li className="line">
      <div className="line-words">
        <Link className="quiet-link" to="/w/$workspaceId/posts/$postId" params={{ workspaceId, postId }} search={{}}>
          <span dir="auto">{title}</span>
        </Link>
        <p>{children}</p>
        <div>
          <Figure of={{ kind: 'delivery', deliveryId, metric: null }} about={title}>
            {t('title.delivery')}
          </Figure>
        </div>
      </div>
    </li>
  );
}
