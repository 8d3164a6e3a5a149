import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { excerptOf } from '../../features/publishing/excerpt-of.ts';
import { api } from '../../lib/api.ts';
import { rankMatch } from '../../lib/find-words.ts';
import { useNetworkName } from '../../lib/networks.ts';
import { useChannels } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { IconCalendar, IconChannels, IconGoal } from '../../ui/icons.ts';
import type { Command } from './commands.ts';

/** How long to wait for the next letter before the server is asked. */
const pauseMs = 120;
const shownOfEach = 5;

/** Goals, channels and posts that answer what was typed; nothing before something was. */
export function useThings(query: string): { things: Command[]; isAsking: boolean } {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const networkName = useNetworkName();
  const format = useFormat();
  const words = query.trim();
  const [asked] = useDebouncedValue(words, pauseMs);
  const goals = useQuery(api.goals.list.queryOptions({ input: { workspaceId, limit: 200 } }));
  const channels = useChannels();
  const posts = useQuery(
    api.posts.list.queryOptions({
      input: { workspaceId, text: asked, limit: shownOfEach },
      enabled: asked !== '',
      placeholderData: keepPreviousData,
    }),
  );
  if (words === '') return { things: [], isAsking: false };
  const foundGoals = (goals.data?.items ?? []).map((it) => ({
    id: it.id,
    name: it.title,
    hint: t('palette.goal'),
    Icon: IconGoal,
    run: () => void navigate({ to: '/w/$workspaceId/goals/$goalId', params: { workspaceId, goalId: it.id } }),
  }));
  const foundChannels = (channels ?? []).map((it) => ({
    id: it.id,
    name: it.name,
    hint: networkName(it.network),
    words: `${it.handle} ${it.purpose}`,
    Icon: IconChannels,
    run: () => void navigate({ to: '/w/$workspaceId/channels/$channelId', params: { workspaceId, channelId: it.id } }),
  }));
  const foundPosts = (asked === '' ? [] : (posts.data?.items ?? [])).map((it) => ({
    id: it.id,
    name: excerptOf(it),
    hint: it.plannedFor ? format.date(it.plannedFor.at) : t('palette.draft'),
    Icon: IconCalendar,
    run: () => void navigate({ to: '/w/$workspaceId/posts/$postId', params: { workspaceId, postId: it.id } }),
  }));
  return {
    things: [...bestOf(words, foundGoals), ...bestOf(words, foundChannels), ...foundPosts],
    isAsking: asked !== words || posts.isFetching,
  };
}

/** The commands that answer the words, the best first. */
export function bestOf(query: string, commands: readonly Command[], most = shownOfEach): Command[] {
  return commands
    .flatMap((command) => {
      const rank = rankMatch(query, `${command.name} ${command.words ?? ''}`);
      return rank === null ? [] : [{ command, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ command }) => command);
}
