import { useEffect } from 'react';

/** What the keyboard does in the composer, also while one writes. `mod` is Ctrl, or Command. */
export const composeShortcuts = [
  { keys: 'mod+enter', act: 'release' },
  { keys: 'mod+s', act: 'save' },
  { keys: 'mod+shift+p', act: 'previews' },
] as const;

export type ComposeAct = (typeof composeShortcuts)[number]['act'];

/** Listens for the composer's shortcuts while it is on the screen; an act that is missing does nothing. */
export function useComposeShortcuts(acts: Partial<Record<ComposeAct, () => void>>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      const keys = `mod+${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`;
      const found = composeShortcuts.find((it) => it.keys === keys);
      const act = found ? acts[found.act] : undefined;
      if (!act) return;
      event.preventDefault();
      if (!event.repeat) act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
