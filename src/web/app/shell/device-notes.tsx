import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import type { Post } from '#contract/posts.ts';
import { listEntries, onShelf, type ShelfEntry } from '../../features/publishing/draft/draft-shelf.ts';
import { followHeld } from '../../features/publishing/draft/follow-held.ts';
import { listWaiting, sendAll } from '../../features/publishing/draft/send-all.ts';
import { excerptOf } from '../../features/publishing/excerpt-of.ts';
import { api } from '../../lib/api.ts';
import { oldestOf } from '../../lib/kept-reading.ts';
import { useIsOffline } from '../../lib/line.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useNewVersion } from '../../pwa/start-pwa.ts';
import { Notice } from '../../ui/notice.tsx';
import { Question } from '../../ui/question.tsx';
import { askLeaving, useLeaving } from '../leaving.ts';

/** What is true of this device and not of the workspace: no connection, words that are only here, a new version. */
export function DeviceNotes({ person }: { person: Me }) {
  const { t } = useTranslation('pwa');
  const isOut = useIsOffline();
  const reload = useNewVersion();
  const leaving = useLeaving();
  return (
    <>
      {leaving ? (
        <Question
          title={t('leave.title')}
          text={t('leave.text', { count: leaving.count })}
          yes={t('leave.yes')}
          no={t('leave.no')}
          onYes={leaving.leave}
          onClose={() => askLeaving(null)}
        />
      ) : null}
      {isOut ? <Offline /> : null}
      <Waiting personId={person.id} isOut={isOut} />
      {reload ? (
        <Notice
          tone="quiet"
          action={
            <Button variant="default" onClick={reload}>
              {t('update.reload')}
            </Button>
          }
        >
          {t('update.text')}
        </Notice>
      ) : null}
    </>
  );
}

/** How old what one sees is. */
function Offline() {
  const { t } = useTranslation('pwa');
  const format = useFormat();
  const at = useOldest();
  if (at === null) return <Notice tone="warn">{t('offline.plain')}</Notice>;
  const instant = new Date(at).toISOString();
  const isToday = format.date(instant) === format.date(new Date().toISOString());
  const time = isToday ? format.time(instant) : format.dateTime(instant);
  return <Notice tone="warn">{t('offline.asOf', { time })}</Notice>;
}

function useOldest(): number | null {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback((listen: () => void) => cache.subscribe(listen), [cache]);
  return useSyncExternalStore(subscribe, () =>
    oldestOf(
      cache.findAll({ type: 'active' }).flatMap(({ queryKey }) => {
        const [path, asked] = queryKey as [unknown, { input?: unknown } | undefined];
        return Array.isArray(path) ? [{ operation: path.join('.'), input: asked?.input }] : [];
      }),
    ),
  );
}

/** How long after a change on the shelf one looks at it: one writes letter by letter. */
const PAUSE_MS = 400;

/** Words that are on this device only. They are sent by themselves when that is possible. */
function Waiting({ personId, isOut }: { personId: string; isOut: boolean }) {
  const { t } = useTranslation('pwa');
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<ShelfEntry[]>([]);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const found = await listWaiting(personId);
      if (isOver) return;
      setWaiting(found);
      await held.look();
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), PAUSE_MS);
    };
    const send = async () => {
      if (await sendAll(personId)) await queries.invalidateQueries({ queryKey: api.posts.key() });
    };
    const sendAndLook = async () => {
      if (!isOut) await send();
      await look();
    };
    const held = followHeld({
      list: () => listEntries(personId).map(({ entryId }) => entryId),
      onFree: () => void sendAndLook(),
    });
    void sendAndLook();
    const forget = onShelf(soon);
    return () => {
      isOver = true;
      clearTimeout(timer);
      held.stop();
      forget();
    };
  }, [personId, isOut, queries]);
  if (waiting.length === 0) return null;
  return (
    <Notice tone="warn">
      {t('waiting.title', { count: waiting.length })}
      <ul className="device-drafts">
        {waiting.map(({ workspaceId, entryId, postId, draft }) => (
          <li key={entryId}>
            <Link
              to="/w/$workspaceId/posts/$postId"
              params={{ workspaceId, postId: postId ?? 'new' }}
              search={postId === null ? { draft: entryId } : {}}
              className="banner-link"
            >
              {t('waiting.open', { text: sayFirst(draft) || t('waiting.noWords') })}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function sayFirst({ content, variants }: ShelfEntry['draft']): string {
  const own = Object.entries(variants).map(([channelId, words]) => ({ channelId, content: words }));
  return excerptOf({ content, variants: own as Post['variants'] });
}
