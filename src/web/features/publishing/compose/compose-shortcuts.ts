import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isCovered, type Shortcut, useShortcuts } from '../../../lib/shortcuts.ts';

/** What the keyboard does in the composer, also while one writes. `mod` is Ctrl, or Command. */
export const composeShortcuts = [
  { keys: 'mod+Enter', act: 'release' },
  { keys: 'mod+s', act: 'save' },
  { keys: 'mod+shift+p', act: 'previews' },
] as const;

export type ComposeAct = (typeof composeShortcuts)[number]['act'];

/** Binds the composer's shortcuts while it is on the screen; one whose act is missing is not bound. */
export function useComposeShortcuts(acts: Partial<Record<ComposeAct, () => void>>): void {
  const { t } = useTranslation();
  const latest = useRef(acts);
  latest.current = acts;
  const wanted = composeShortcuts.filter(({ act }) => acts[act]).map(({ act }) => act);
  const names = wanted.join(' ');
  const shortcuts = useMemo<Shortcut[]>(
    () =>
      composeShortcuts
        .filter(({ act }) => names.split(' ').includes(act))
        .map(({ keys, act }) => ({
          keys,
          name: t(`composing.keys.${act}`),
          group: 'do',
          // Nothing goes out from beneath a sheet that lies over the post.
          act: () => (isCovered() ? undefined : latest.current[act]?.()),
        })),
    [t, names],
  );
  useShortcuts(shortcuts);
}
