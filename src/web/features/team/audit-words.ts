import { ownActs, router, unrecorded } from 'virtual:contract';
import { useTranslation } from 'react-i18next';

const routes = router as unknown as Record<
  string,
  Record<string, { '~orpc': { route: { method?: string; path?: string } } }>
>;

/** Changes outside any one workspace, or of oneself: they stand in no workspace's log. */
const elsewhere = ['me', 'sessions', 'operator'];
const looks: readonly string[] = unrecorded;

/** Every action that can stand in a workspace's log, in the order of the contract. */
export function listActions(): string[] {
  const operations = Object.entries(routes).flatMap(([group, verbs]) =>
    elsewhere.includes(group)
      ? []
      : Object.entries(verbs)
          .filter(([, verb]) => verb['~orpc'].route.method !== 'GET')
          .map(([verb]) => `${group}.${verb}`),
  );
  return [...operations.filter((it) => !looks.includes(it)), ...ownActs];
}

/** Says an action in plain words: “changed a goal”. */
export function useActionWords(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => {
    const [group = '', verb = ''] = action.split('.');
    return t(`audit.actions.${group}.${verb}`);
  };
}
