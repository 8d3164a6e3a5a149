import { useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '#contract/audit.ts';
import { api } from '../../lib/api.ts';
import { useWorkspace } from '../../lib/workspace.tsx';

/** Longest beginning of a post that names it in a line. */
const NAME_MAX = 60;
const staleTime = 60_000;

/** What a post or goal of the log is called now; null for what is not known by name. */
export function useSubjectName(subject: AuditEntry['subject']): string | null {
  const { id: workspaceId } = useWorkspace();
  const input = { workspaceId, limit: 200 };
  const isPost = subject?.kind === 'post';
  const isGoal = subject?.kind === 'goal';
  const posts = useQuery(api.posts.list.queryOptions({ input, enabled: isPost, staleTime })).data;
  const goals = useQuery(api.goals.list.queryOptions({ input, enabled: isGoal, staleTime })).data;
  if (isGoal) return goals?.items.find((it) => it.id === subject.id)?.title ?? null;
  const text = posts?.items
    .find((it) => it.id === subject?.id)
    ?.content.parts[0]?.text.replace(/\s+/g, ' ')
    .trim();
  if (!isPost || !text) return null;
  const letters = Array.from(text);
  return letters.length > NAME_MAX ? `${letters.slice(0, NAME_MAX - 1).join('')}…` : text;
}
