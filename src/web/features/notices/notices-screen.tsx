import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Notice } from '#contract/notices.ts';
import { api, client } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { wallClock } from '../../lib/wall-clock.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { EmptyState } from '../../ui/sheet.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { NoticeLine } from './notice-line.tsx';
import './notices.css';

export type NoticeView = 'all' | 'unread';

/** What the person was told here, by day, the latest first. */
export function NoticesScreen({ view, onView }: { view: NoticeView; onView: (view: NoticeView) => void }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('notices');
  const { id: workspaceId } = useWorkspace();
  const report = useReport();
  const queries = useQueryClient();
  const told = useInfiniteQuery(
    api.notices.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, show: view, limit: 50, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const items = told.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = told.data !== undefined && items.length === 0;
  const refresh = () => queries.invalidateQueries({ queryKey: api.notices.key() });
  const markAll = () =>
    report(async () => {
      const { noticeIds } = await client.notices.markAll({ workspaceId });
      await refresh();
      if (noticeIds.length === 0) return;
      const undo = () =>
        void report(async () => {
          await client.notices.mark({ workspaceId, noticeIds, read: false });
          await refresh();
        });
      showToast({
        text: say('markedAll', { count: noticeIds.length }),
        undo: { label: t('app.undo'), run: undo },
        about: 'notices',
      });
    });
  return (
    <Page
      title={say('title')}
      lead={say('lead')}
      width="reading"
      actions={
        <>
          {items.some((it) => it.readAt === null) ? (
            <Button variant="default" onClick={() => void markAll()}>
              {say('markAll')}
            </Button>
          ) : null}
          <LinkButton variant="subtle" to="/w/$workspaceId/notice-settings" params={{ workspaceId }}>
            {say('choose')}
          </LinkButton>
        </>
      }
    >
      <div>
        <Segmented
          label={say('show')}
          value={view}
          options={(['all', 'unread'] as const).map((value) => ({ value, label: say(`view.${value}`) }))}
          onChange={onView}
        />
      </div>
      {told.isPending ? <Waiting label={t('app.loading')} /> : null}
      {told.error ? <FailureNotice error={told.error} onRetry={() => void told.refetch()} /> : null}
      {isEmpty && view === 'unread' ? <p>{say('emptyUnread')}</p> : null}
      {isEmpty && view === 'all' ? (
        <EmptyState title={say('empty.title')}>
          <p>{say('empty.text')}</p>
        </EmptyState>
      ) : null}
      <Days notices={items} />
      <ShowMore of={told} />
    </Page>
  );
}

function Days({ notices }: { notices: Notice[] }) {
  const { zone } = useWorkspace();
  const format = useFormat();
  const days = Map.groupBy(notices, (it) => wallClock(it.at, zone).slice(0, 10));
  return [...days].map(([day, items]) => (
    <section key={day} className="notice-day">
      <h2>{format.fullDate(day)}</h2>
      <ul className="notice-list">
        {items.map((it) => (
          <NoticeLine key={it.id} notice={it} />
        ))}
      </ul>
    </section>
  ));
}
