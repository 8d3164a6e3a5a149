import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { AuditLine } from './audit-line.tsx';
import { listActions, useActionWords } from './audit-words.ts';
import '../../ui/lines.css';

/** Who changed what and when, and whether the log is whole. */
export function AuditScreen() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const say = useActionWords();
  const [action, setAction] = useState('');
  const log = useInfiniteQuery(
    api.audit.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspaceId,
        ...(action ? { action } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const items = log.data?.pages.flatMap((it) => it.items) ?? [];
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')} width="reading">
      <CheckChain />
      <Sheet>
        <NativeSelect label={t('audit.show')} value={action} onChange={(event) => setAction(event.currentTarget.value)}>
          <option value="">{t('audit.everything')}</option>
          {listActions().map((it) => (
            <option key={it} value={it}>
              {say(it)}
            </option>
          ))}
        </NativeSelect>
        {log.isPending ? <Waiting label={t('app.loading')} /> : null}
        {log.error ? <FailureNotice error={log.error} onRetry={() => void log.refetch()} /> : null}
        {log.data && items.length === 0 ? <p className="form-hint">{t('audit.none')}</p> : null}
        <ol className="lines">
          {items.map((it) => (
            <AuditLine key={it.number} entry={it} />
          ))}
        </ol>
        <ShowMore of={log} />
      </Sheet>
    </Page>
  );
}

/** Recomputes the log from its first line, and says whether every line is as it was written. */
function CheckChain() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const checking = useMutation(api.audit.verify.mutationOptions());
  const { data, error, isPending } = checking;
  return (
    <div>
      <div className="form-actions">
        <Button variant="default" loading={isPending} onClick={() => checking.mutate({ workspaceId })}>
          {t('audit.check')}
        </Button>
        <span className="form-hint">{t('audit.checkHint')}</span>
      </div>
      {error ? <FailureNotice error={error} /> : null}
      <div role="status" className="said">
        {data?.whole ? <Notice tone="good">{t('audit.whole', { number: format.number(data.lines) })}</Notice> : null}
        {data && !data.whole ? (
          <Notice tone="bad" title={t('audit.brokenTitle')}>
            {t('audit.broken', { number: format.number(data.brokenAt ?? 0) })}
          </Notice>
        ) : null}
      </div>
    </div>
  );
}
