import { Button } from '@mantine/core';
import { useEffect, useSyncExternalStore } from 'react';
import { CloseButton } from './close-button.tsx';
import './toasts.css';

interface Toast {
  id: number;
  text: string;
  tone: 'quiet' | 'bad';
  undo?: { label: string; run: () => void };
  /** A later one about the same thing takes the place of this one: only its undo still fits. */
  about?: string;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

/** Says what just happened. With `undo` it stays ten seconds and offers the way back; else six. */
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

/** Where toasts appear; once, in the shell. */
export function Toasts({ closeLabel }: { closeLabel: string }) {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} closeLabel={closeLabel} />
      ))}
    </div>
  );
}

function ToastCard({ toast, closeLabel }: { toast: Toast; closeLabel: string }) {
  const { id, text, tone, undo } = toast;
  useEffect(() => {
    const timer = setTimeout(() => close(id), undo ? 10_000 : 6_000);
    return () => clearTimeout(timer);
  }, [id, undo]);
  return (
    <div className={`toast toast-${tone}`}>
      <span className="toast-text">{text}</span>
      {undo ? (
        <Button
          variant="subtle"
          onClick={() => {
            close(id);
            undo.run();
          }}
        >
          {undo.label}
        </Button>
      ) : null}
      <CloseButton label={closeLabel} onClick={() => close(id)} />
    </div>
  );
}
