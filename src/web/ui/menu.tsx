import { createContext, type KeyboardEvent, type ReactNode, useContext } from 'react';
import './popup.css';
import { usePopup } from './use-popup.ts';

interface MenuProps {
  /** What the button is called. */
  label: string;
  /** What the button shows. */
  face: ReactNode;
  className: string;
  children: ReactNode;
}

const Close = createContext<() => void>(() => undefined);

/** A button that opens a few things to do. Arrow keys move between them. */
export function Menu({ label, face, className, children }: MenuProps) {
  const { button, floating, close, panel } = usePopup((opened) => itemsOf(opened)[0]?.focus());
  const step = (event: KeyboardEvent) => {
    const items = panel.current ? itemsOf(panel.current) : [];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  };
  return (
    <>
      <button type="button" className={className} aria-label={label} aria-haspopup="menu" {...button}>
        {face}
      </button>
      <div className="popup menu" role="menu" aria-label={label} onKeyDown={step} {...floating}>
        <Close value={close}>{children}</Close>
      </div>
    </>
  );
}

/** One thing to do. */
export function MenuItem(props: { icon?: ReactNode; mark?: ReactNode; onSelect: () => void; children: ReactNode }) {
  const { icon, mark, onSelect, children } = props;
  const close = useContext(Close);
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="menu-item"
      onClick={() => {
        close();
        onSelect();
      }}
    >
      {icon}
      <span>{children}</span>
      {mark}
    </button>
  );
}

/** A line between two groups. */
export function MenuLine() {
  return <hr className="menu-line" />;
}

const itemsOf = (panel: HTMLElement): HTMLElement[] => [...panel.querySelectorAll<HTMLElement>('[role="menuitem"]')];
