import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../lib/api.ts';
import { useReport } from '../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { Word } from '../../ui/notice.tsx';
import { showToast } from '../../ui/toasts.tsx';

interface NotYetYoursProps {
  kind: 'goal' | 'objective';
  item: { id: string; title: string; yours: boolean };
}

/** The mark of what was only proposed, and the way to say yes to it; nothing once somebody has. */
export function NotYetYours({ kind, item }: NotYetYoursProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const mayAdopt = useMay(kind === 'goal' ? 'goals.adopt' : 'objectives.adopt');
  if (item.yours) return null;
  const adopt = () =>
    void report(async () => {
      if (kind === 'goal') await client.goals.adopt({ workspaceId, goalId: item.id });
      else await client.objectives.adopt({ workspaceId, objectiveId: item.id });
      showToast({ text: t('yours.said', { title: item.title }) });
      await queries.invalidateQueries({ queryKey: kind === 'goal' ? api.goals.key() : api.objectives.key() });
    });
  return (
    <div className="not-yet-yours">
      <Word tone="accent">{t('yours.notYet')}</Word>
      <span className="not-yet-yours-why">{t(kind === 'goal' ? 'yours.whyGoal' : 'yours.why')}</span>
      {mayAdopt ? (
        <Button variant="default" onClick={adopt} aria-label={t('yours.adoptNamed', { title: item.title })}>
          {t('yours.adopt')}
        </Button>
      ) : null}
    </div>
  );
}
