import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '#contract/today.ts';
import { api, client } from '../../lib/api.ts';
import { useReport } from '../../lib/use-report.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { showToast } from '../../ui/toasts.tsx';

/** What can be done about a suggestion here; `act` is null where one has to go to the place. */
export function useSuggestionActs(suggestion: Suggestion): {
  act: (() => Promise<boolean>) | null;
  setAside: () => Promise<boolean>;
} {
  const { t } = useTranslation('first');
  const { t: say } = useTranslation('today');
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const { id: suggestionId, act, deliveryId, goalId } = suggestion;
  const refresh = (...groups: { key: () => readonly unknown[] }[]) =>
    Promise.all([api.today, ...groups].map((it) => queries.invalidateQueries({ queryKey: it.key() })));
  const setAside = () =>
    report(async () => {
      await client.today.setAside({ workspaceId, suggestion: suggestionId });
      const takeBack = () =>
        void report(async () => {
          await client.today.takeBack({ workspaceId, suggestion: suggestionId });
          await refresh();
        });
      showToast({ text: say('setAside'), undo: { label: t('app.undo'), run: takeBack }, about: suggestionId });
      await refresh();
    });
  const decide = (call: () => Promise<unknown>, text: string, ...groups: Parameters<typeof refresh>) =>
    report(async () => {
      try {
        await call();
        showToast({ text });
      } finally {
        await refresh(...groups);
      }
    });
  if (act === 'adopt' && goalId !== null) {
    const adopt = () => client.goals.adopt({ workspaceId, goalId });
    return { setAside, act: () => decide(adopt, say('done.adopt'), api.goals, api.objectives) };
  }
  const { need } = suggestion.names;
  if (act === 'have' && goalId !== null && need !== undefined) {
    const have = async () => {
      const { revision, means } = await client.goals.get({ workspaceId, goalId });
      const now = means.map((it) => (it.what === need ? { ...it, atHand: true } : it));
      await client.goals.update({ workspaceId, goalId, revision, means: now });
    };
    return { setAside, act: () => decide(have, say('done.have'), api.goals) };
  }
  if ((act === 'retry' || act === 'confirm-live') && deliveryId !== null) {
    const one = { workspaceId, deliveryId };
    const call = () => (act === 'retry' ? client.deliveries.retry(one) : client.deliveries.confirmLive(one));
    return { setAside, act: () => decide(call, say(`done.${act}`), api.deliveries, api.posts, api.publishing) };
  }
  return { act: null, setAside };
}
