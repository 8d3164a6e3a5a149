import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import type { StatusPart } from './status-part.ts';

/** What is due and not out now, by why, whenever it was due. */
export function WhatWaits({ status: { waiting, longestHold }, days }: StatusPart) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('status');
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  return (
    <Sheet title={t('waiting.title')}>
      {waiting.length === 0 ? <p className="status-quiet">{t('waiting.none')}</p> : null}
      <ul className="lines">
        {waiting.map(({ reason, count }) => (
          <li key={reason} className="line">
            <Figure of={{ kind: 'status', days, channelId: null, count: null, waits: reason }}>
              <strong>{format.number(count)}</strong> {t(`waiting.reason.${reason}`)}
            </Figure>
          </li>
        ))}
      </ul>
      {longestHold ? (
        <p className="status-quiet">
          <Link
            className="quiet-link"
            to="/w/$workspaceId/posts/$postId"
            params={{ workspaceId, postId: longestHold.postId }}
            search={{}}
          >
            {t('waiting.longest', {
              words: longestHold.excerpt || web('compose.untitled'),
              time: format.dateTime(longestHold.since),
            })}
          </Link>
        </p>
      ) : null}
    </Sheet>
  );
}
