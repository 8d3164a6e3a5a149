import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconExternal } from '../../ui/icons.ts';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { KeyLine } from './key-line.tsx';
import { MakeKey } from './make-key.tsx';
import '../../ui/lines.css';

/** Keys by which programs act in the workspace. */
export function ApiKeysScreen() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const keys = useInfiniteQuery(
    api.apiKeys.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next,
    }),
  );
  const items = keys.data?.pages.flatMap((it) => it.items) ?? [];
  return (
    <Page
      title={t('keys.title')}
      lead={t('keys.lead')}
      width="reading"
      actions={
        <a className="quiet-link" href="/api/docs" target="_blank" rel="noreferrer">
          {t('keys.docs')}
          <IconExternal size={16} />
        </a>
      }
    >
      <MakeKey />
      {keys.isPending ? <Waiting label={t('app.loading')} /> : null}
      {keys.error ? <FailureNotice error={keys.error} onRetry={() => void keys.refetch()} /> : null}
      {keys.data ? (
        <Sheet title={t('keys.list')}>
          {items.length === 0 ? <p className="form-hint">{t('keys.none')}</p> : null}
          <ul className="lines">
            {items.map((it) => (
              <KeyLine key={it.id} apiKey={it} />
            ))}
          </ul>
          <ShowMore of={keys} />
        </Sheet>
      ) : null}
    </Page>
  );
}
