import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '#contract/api-keys.ts';
import { api, client } from '../../lib/api.ts';
import { useMembers } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Word } from '../../ui/notice.tsx';
import { Question } from '../../ui/question.tsx';
import { showToast } from '../../ui/toasts.tsx';

/** One key: what it may do, whose it is, when it was used, and ending it. */
export function KeyLine({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const members = useMembers();
  const queries = useQueryClient();
  const report = useReport();
  const [isAsked, setAsked] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { id: apiKeyId, name, begins, scopes, createdById, expiresAt, lastUsedAt, revokedAt } = apiKey;
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  const end = expiresAt === null ? t('keys.endless') : t('keys.until', { date: format.date(expiresAt) });
  const revoke = () =>
    report(async () => {
      await client.apiKeys.revoke({ workspaceId, apiKeyId });
      await queries.invalidateQueries({ queryKey: api.apiKeys.key() });
      showToast({ text: t('keys.revokedNow', { name }) });
    });
  return (
    <li className="line">
      <div className="line-words">
        <strong>{name}</strong>
        {revokedAt ? <Word tone="quiet">{t('keys.revoked', { date: format.date(revokedAt) })}</Word> : null}
        {!revokedAt && isOver ? <Word tone="warn">{t('keys.over')}</Word> : null}
        <p>
          {t('keys.whose', {
            begins,
            name: members.find((it) => it.personId === createdById)?.name ?? '–',
            scopes: format.list(scopes.map((it) => t(`keys.scope.${it}`))),
          })}
        </p>
        <p>
          {end} · {lastUsedAt ? t('keys.lastUsed', { time: format.dateTime(lastUsedAt) }) : t('keys.neverUsed')}
        </p>
      </div>
      {revokedAt ? null : (
        <div className="line-acts">
          <Button
            ref={opener}
            variant="default"
            aria-label={`${t('keys.revoke')}: ${name}`}
            onClick={() => setAsked(true)}
          >
            {t('keys.revoke')}
          </Button>
        </div>
      )}
      {isAsked ? (
        <Question
          title={t('keys.revokeTitle', { name })}
          text={t('keys.revokeText')}
          yes={t('keys.revokeYes')}
          no={t('keys.revokeNo')}
          onYes={revoke}
          onClose={() => {
            setAsked(false);
            opener.current?.focus();
          }}
        />
      ) : null}
    </li>
  );
}
