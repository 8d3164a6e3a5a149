import { useEffect, useSyncExternalStore } from 'react';

/** What the sheet of shortcuts is parted into. */
export type ShortcutGroup = 'do' | 'go' | 'list';

/** A key, or keys one after the other, and what they do while what bound them is on the screen. */
export interface Shortcut {
  /** `c`; `g t` for one after the other; `mod+k` with Ctrl or Command, `mod+shift+p` with Shift as well. */
  keys: string;
  /** What it does, in the reader's language. */
  name: string;
  group: ShortcutGroup;
  act: () => void;
}

const together = 'mod+';
const kept = 'goalpost.shortcuts';
/** How long the second key of a pair may take. */
const pairMs = 1_500;

let bound: readonly Shortcut[] = [];
let isOn = localStorage.getItem(kept) !== 'off';
let begun: { key: string; at: number } | null = null;
const listeners = new Set<() => void>();

/** Binds shortcuts as long as the component is there. Of two with the same keys the one bound last counts. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    bound = [...bound, ...shortcuts];
    tell();
    return () => {
      bound = bound.filter((it) => !shortcuts.includes(it));
      tell();
    };
  }, [shortcuts]);
}

/** The shortcuts that work just now. */
export function useBoundShortcuts(): readonly Shortcut[] {
  const all = useSyncExternalStore(subscribe, () => bound);
  const areOn = useAreLettersOn();
  return all.filter((it, at) => isAwake(it, areOn) && !all.slice(at + 1).some((later) => later.keys === it.keys));
}

/** Do keys pressed alone do anything? Whoever speaks to the device, or presses keys by mistake, can switch them off. */
export const useAreLettersOn = (): boolean => useSyncExternalStore(subscribe, () => isOn);

/** Switches keys pressed alone on or off, for this browser. */
export function setLettersOn(on: boolean): void {
  isOn = on;
  localStorage.setItem(kept, on ? 'on' : 'off');
  tell();
}

/** Listens to the keyboard; once, in the shell. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', press);
  return () => window.removeEventListener('keydown', press);
}

function press(event: KeyboardEvent): void {
  const { altKey, ctrlKey, metaKey, shiftKey, defaultPrevented, isComposing, target, timeStamp } = event;
  if (defaultPrevented || isComposing || altKey) return;
  const isMod = ctrlKey || metaKey;
  if (!isMod && (isWriting(target) || isCovered())) return;
  const key = letterOf(event);
  const pair = begun && timeStamp - begun.at < pairMs ? `${begun.key} ${key}` : null;
  begun = null;
  const find = (keys: string) => bound.findLast((it) => it.keys === keys && isAwake(it, isOn));
  const found = isMod
    ? find(together + (shiftKey ? 'shift+' : '') + key)
    : ((pair ? find(pair) : undefined) ?? find(key));
  if (found) {
    event.preventDefault();
    // Held down, what is done is done once; going through a list goes on.
    if (!isMod || !event.repeat) found.act();
  } else if (!isMod && bound.some((it) => it.keys.startsWith(`${key} `) && isAwake(it, isOn))) {
    begun = { key, at: timeStamp };
  }
}

const isAwake = ({ keys }: Shortcut, areOn: boolean): boolean => areOn || keys.startsWith(together);

const marks: Record<string, [plain: string, withShift: string]> = {
  Slash: ['/', '?'],
  BracketLeft: ['[', '{'],
};

/** The key as an English keyboard names it, so that Thai or Cyrillic ones reach the same shortcuts. */
function letterOf({ key, code, shiftKey }: KeyboardEvent): string {
  if (/^[!-~]$/.test(key) || key.length > 1) return key.length > 1 ? key : key.toLowerCase();
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? marks[code]?.[shiftKey ? 1 : 0] ?? key;
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'textbox')
  );
}

/** Something lies over the screen that has keys of its own. */
export const isCovered = (): boolean =>
  document.querySelector('dialog[open], [role="dialog"]:not([popover]), :popover-open') !== null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
