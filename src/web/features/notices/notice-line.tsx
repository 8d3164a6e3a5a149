import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '#contract/notices.ts';
import { api, client } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Word } from '../../ui/notice.tsx';

/** One notice: what happened, what is safe, and the way to where one acts. Going there marks it as read. */
export function NoticeLine({ notice }: { notice: Notice }) {
  const { t } = useTranslation('notices');
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const router = useRouter();
  const report = useReport();
  const queries = useQueryClient();
  const { id, wording, names, count, path, readAt, settledAt, at } = notice;
  const params = { ...names, count };
  const title = t(`wordings.${wording}.title`, params);
  const isRead = readAt !== null;
  const mark = (read: boolean) =>
    report(async () => {
      await client.notices.mark({ workspaceId, noticeIds: [id], read });
      await queries.invalidateQueries({ queryKey: api.notices.key() });
    });
  const go = (event: MouseEvent) => {
    if (!isRead) void mark(true);
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    router.history.push(path);
  };
  const markWords = t(isRead ? 'markUnread' : 'markRead');
  return (
    <li className={isRead ? 'notice-line' : 'notice-line notice-line-unread'}>
      <div className="notice-line-words">
        <strong dir="auto">{title}</strong>
        {isRead ? null : <Word tone="accent">{t('unread')}</Word>}
        {settledAt ? <Word tone="good">{t('settled')}</Word> : null}
        <p>{t(`wordings.${wording}.text`, params)}</p>
        <p className="notice-line-time">
          <time dateTime={at}>{format.time(at)}</time>
        </p>
      </div>
      <div className="notice-line-acts">
        <Button component="a" href={path} variant="default" onClick={go}>
          {t(`wordings.${wording}.act`)}
        </Button>
        <Button
          variant="subtle"
          aria-label={t('markOf', { what: markWords, title })}
          onClick={() => void mark(!isRead)}
        >
          {markWords}
        </Button>
      </div>
    </li>
  );
}
