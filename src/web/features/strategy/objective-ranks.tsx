import { ActionIcon } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Objective } from '#contract/strategy.ts';
import { api, client } from '../../lib/api.ts';
import { useReport } from '../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { Figure } from '../../ui/figure.tsx';
import { IconArchive, IconArrowDown, IconArrowUp } from '../../ui/icons.ts';
import { showToast } from '../../ui/toasts.tsx';
import { NotYetYours } from './not-yet-yours.tsx';
import './goals.css';

/** Objectives by rank: dragged, or moved by buttons, which the keyboard reaches as well. */
export function ObjectiveRanks({ objectives }: { objectives: Objective[] }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const mayChange = useMay('objectives.update');
  const [dragged, setDragged] = useState<Objective | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const moving = useMutation({
    mutationFn: ({ objective, rank }: { objective: Objective; rank: number }) =>
      report(async () => {
        await client.objectives.update({ workspaceId, objectiveId: objective.id, revision: objective.revision, rank });
        setSaid(t('objectives.moved', { title: objective.title, rank }));
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: api.objectives.key() }),
  });
  const move = (objective: Objective, rank: number) => {
    if (rank >= 1 && rank <= objectives.length && rank !== objective.rank) moving.mutate({ objective, rank });
  };
  const refresh = () =>
    Promise.all([api.objectives, api.goals].map((it) => queries.invalidateQueries({ queryKey: it.key() })));
  const restore = ({ id: objectiveId, title }: Objective) =>
    void report(async () => {
      await client.objectives.restore({ workspaceId, objectiveId });
      await refresh();
      showToast({ text: t('objectives.restored', { title }), about: objectiveId });
    });
  const archive = (objective: Objective) =>
    void report(async () => {
      await client.objectives.archive({ workspaceId, objectiveId: objective.id });
      await refresh();
      showToast({
        text: t('objectives.archived', { title: objective.title }),
        about: objective.id,
        undo: { label: t('app.undo'), run: () => restore(objective) },
      });
    });
  return (
    <>
      <ol className="rank-list">
        {objectives.map((it) => (
          <li
            key={it.id}
            className="rank-line"
            draggable={mayChange}
            data-over={over === it.id && dragged?.id !== it.id}
            onDragStart={() => setDragged(it)}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(it.id);
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged) move(dragged, it.rank);
            }}
          >
            <span className="rank-number">{it.rank}</span>
            <div className="rank-words">
              <strong dir="auto">{it.title}</strong>
              <span>
                <Figure of={{ kind: 'objective', objectiveId: it.id }} about={it.title}>
                  {t('objectives.goals', { count: it.goalCount })}
                </Figure>
              </span>
              <NotYetYours kind="objective" item={it} />
            </div>
            {mayChange ? (
              <div className="rank-actions">
                <ActionIcon
                  aria-label={t('objectives.up', { title: it.title })}
                  disabled={it.rank === 1 || moving.isPending}
                  onClick={() => move(it, it.rank - 1)}
                >
                  <IconArrowUp size={18} />
                </ActionIcon>
                <ActionIcon
                  aria-label={t('objectives.down', { title: it.title })}
                  disabled={it.rank === objectives.length || moving.isPending}
                  onClick={() => move(it, it.rank + 1)}
                >
                  <IconArrowDown size={18} />
                </ActionIcon>
                <ActionIcon aria-label={t('objectives.archive', { title: it.title })} onClick={() => archive(it)}>
                  <IconArchive size={18} />
                </ActionIcon>
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      <p className="unseen" role="status">
        {said}
      </p>
    </>
  );
}
