import { ActionIcon, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal, Initiative } from '#contract/strategy.ts';
import { api, client } from '../../lib/api.ts';
import { addDays } from '../../lib/local-day.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { IconArchive, IconPencil, IconPlus } from '../../ui/icons.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { InitiativeForm } from './initiative-form.tsx';

/** The steps that serve a goal, by start. */
export function Initiatives({ goal }: { goal: Goal }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const mayAdd = useMay('initiatives.create');
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(
    api.initiatives.list.queryOptions({ input: { workspaceId, goalId: goal.id, limit: 200 } }),
  );
  const items = (data?.items ?? []).filter((it) => it.archivedAt === null);
  return (
    <Sheet
      title={t('initiatives.title')}
      lead={items.length === 0 ? t('initiatives.empty') : undefined}
      aside={
        mayAdd && open !== 'new' ? (
          <Button variant="default" leftSection={<IconPlus size={18} />} onClick={() => setOpen('new')}>
            {t('initiatives.add')}
          </Button>
        ) : null
      }
    >
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {items.length > 0 ? (
        <ul className="steps">
          {items.map((it) =>
            open === it.id ? (
              <li key={it.id} className="step">
                <InitiativeForm goal={goal} initiative={it} onDone={() => setOpen(null)} />
              </li>
            ) : (
              <InitiativeLine key={it.id} initiative={it} onChange={() => setOpen(it.id)} />
            ),
          )}
        </ul>
      ) : null}
      {open === 'new' ? <InitiativeForm goal={goal} onDone={() => setOpen(null)} /> : null}
    </Sheet>
  );
}

function InitiativeLine({ initiative, onChange }: { initiative: Initiative; onChange: () => void }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const queries = useQueryClient();
  const report = useReport();
  const mayChange = useMay('initiatives.update');
  const { end, startsOn, title } = initiative;
  const until =
    end.kind === 'target-reached'
      ? t('initiatives.untilTarget', { start: format.date(startsOn) })
      : t('initiatives.untilDate', {
          start: format.date(startsOn),
          end: format.date(end.kind === 'date' ? end.on : addDays(startsOn, end.days)),
        });
  const one = { workspaceId, initiativeId: initiative.id };
  const restore = () =>
    void report(async () => {
      await client.initiatives.restore(one);
      await queries.invalidateQueries({ queryKey: api.initiatives.key() });
      showToast({ text: t('initiatives.restored', { title }), about: initiative.id });
    });
  const archive = () =>
    void report(async () => {
      await client.initiatives.archive(one);
      await queries.invalidateQueries({ queryKey: api.initiatives.key() });
      showToast({
        text: t('initiatives.archived', { title }),
        about: initiative.id,
        undo: { label: t('app.undo'), run: restore },
      });
    });
  return (
    <li className="step">
      <div className="step-words">
        <strong dir="auto">{title}</strong>
        <span>{until}</span>
      </div>
      {mayChange ? (
        <div className="rank-actions">
          <ActionIcon aria-label={t('initiatives.change', { title })} onClick={onChange}>
            <IconPencil size={18} />
          </ActionIcon>
          <ActionIcon aria-label={t('initiatives.archive', { title })} onClick={archive}>
            <IconArchive size={18} />
          </ActionIcon>
        </div>
      ) : null}
    </li>
  );
}
