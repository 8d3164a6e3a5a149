import { type RefObject, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Shortcut, useShortcuts } from './shortcuts.ts';

/** Binds `j` and `k` to moving on and back in the list of this screen. */
export function useListKeys(move: (by: 1 | -1) => void): void {
  const { t } = useTranslation();
  const latest = useRef(move);
  latest.current = move;
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: 'j', name: t('shortcuts.next'), group: 'list', act: () => latest.current(1) },
      { keys: 'k', name: t('shortcuts.previous'), group: 'list', act: () => latest.current(-1) },
    ],
    [t],
  );
  useShortcuts(shortcuts);
}

/** Moves the focus among the things in a list that `selector` finds; it stays at the ends. */
export function stepFocus(list: RefObject<HTMLElement | null>, selector: string, by: 1 | -1): void {
  const all = [...(list.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const at = all.findIndex((it) => it.contains(document.activeElement));
  const next = at < 0 ? (by === 1 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  all[next]?.focus();
}
