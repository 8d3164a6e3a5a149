import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { ListBeside } from '../../ui/list-beside.tsx';
import { useGoalSentence } from './goal-sentence.ts';

/** A goal beside the list of all that are not archived. */
export function GoalsBeside({ openId, children }: { openId: string | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const say = useGoalSentence();
  const goals = useQuery(api.goals.list.queryOptions({ input: { workspaceId, limit: 200 } }));
  const lines = (goals.data?.items ?? [])
    .filter((it) => it.archivedAt === null)
    .map((it) => ({ id: it.id, to: `/w/${workspaceId}/goals/${it.id}`, title: it.title, text: say(it) }));
  return (
    <ListBeside label={t('rooms.goals')} lines={lines} openId={openId}>
      {children}
    </ListBeside>
  );
}
