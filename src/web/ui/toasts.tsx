import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { type Shortcut, useAreLettersOn, useShortcuts } from '../lib/shortcuts.ts';
import { CloseButton } from './close-button.tsx';
import { Keys } from './keys.tsx';
import './toasts.css';

interface Toast {
  id: number;
  text: string;
  tone: 'quiet' | 'bad';
  undo?: { label: string; run: () => void };
  /** A later one about the same thing takes the place of this one: only its undo still fits. */
  about?: string;
}

/** How long a toast stays when nobody looks at it. */
const staysMs = { withUndo: 12_000, alone: 6_000 };

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

/**
 * Says what just happened. With `undo` it offers the way back and stays twelve seconds, else six; while it is pointed at
 * or holds the focus it stays. `u` takes the last one back.
 */
export function showToast(toast: Omit<Toast, 'id' | 'tone'> & { tone?: Toast['tone'] }): void {
  const others = toasts.filter((it) => toast.about === undefined || it.about !== toast.about);
  toasts = [...others.slice(-2), { tone: 'quiet', ...toast, id: nextId }];
  nextId += 1;
  tell();
}

function close(id: number): void {
  toasts = toasts.filter((it) => it.id !== id);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function takeBack(toast: Toast | undefined): void {
  if (!toast) return;
  close(toast.id);
  toast.undo?.run();
}

/** Where toasts appear; once, in the shell. */
export function Toasts({ closeLabel }: { closeLabel: string }) {
  const { t } = useTranslation('first');
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const last = shown.findLast((it) => it.undo);
  const shortcuts = useMemo<Shortcut[]>(
    () => (last ? [{ keys: 'u', name: t('shortcuts.undo'), group: 'do', act: () => takeBack(last) }] : []),
    [t, last],
  );
  useShortcuts(shortcuts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} isLast={toast === last} closeLabel={closeLabel} />
      ))}
    </div>
  );
}

function ToastCard({ toast, isLast, closeLabel }: { toast: Toast; isLast: boolean; closeLabel: string }) {
  const { id, text, tone, undo } = toast;
  const card = useRef<HTMLDivElement>(null);
  const [isWatched, setWatched] = useState(false);
  useEffect(() => {
    if (isWatched) return;
    const timer = setTimeout(() => close(id), undo ? staysMs.withUndo : staysMs.alone);
    return () => clearTimeout(timer);
  }, [id, undo, isWatched]);
  const look = () => setWatched(card.current?.matches(':hover, :focus-within') ?? false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stays while it is looked at
    <div
      ref={card}
      className={`toast toast-${tone}`}
      onPointerEnter={() => setWatched(true)}
      onPointerLeave={look}
      onFocus={() => setWatched(true)}
      onBlur={() => queueMicrotask(look)}
    >
      <span className="toast-text">{text}</span>
      {undo ? (
        <Button variant="subtle" rightSection={isLast ? <UndoKey /> : null} onClick={() => takeBack(toast)}>
          {undo.label}
        </Button>
      ) : null}
      <CloseButton label={closeLabel} onClick={() => close(id)} />
    </div>
  );
}

function UndoKey() {
  return useAreLettersOn() ? (
    <span aria-hidden="true">
      <Keys keys="u" />
    </span>
  ) : null;
}
