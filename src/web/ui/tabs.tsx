import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';

interface Tab {
  id: string;
  label: string;
  /** A short word beside the label. */
  mark?: string | null;
}

interface TabsProps {
  label: string;
  tabs: Tab[];
  shown: string;
  onShow: (id: string) => void;
  children: ReactNode;
}

/** Tabs over one panel. Arrow keys move between them. */
export function Tabs({ label, tabs, shown, onShow, children }: TabsProps) {
  const name = useId();
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const index = tabs.findIndex((it) => it.id === shown);
    const next = tabs[(index + by + tabs.length) % tabs.length];
    if (!next) return;
    onShow(next.id);
    list.current?.querySelector<HTMLElement>(`[id="${name}-${next.id}"]`)?.focus();
  };
  return (
    <>
      <div className="tab-list" role="tablist" aria-label={label} ref={list} onKeyDown={step} tabIndex={-1}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${name}-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === shown}
            aria-controls={`${name}-panel`}
            tabIndex={tab.id === shown ? 0 : -1}
            onClick={() => onShow(tab.id)}
          >
            {tab.label}
            {tab.mark ? <small>{tab.mark}</small> : null}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-${shown}`}>
        {children}
      </div>
    </>
  );
}
