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

/** A button that opens a few things to do. Arrow keys move between them, a letter goes to the next that begins with it. */
export function Menu({ label, face, className, children }: MenuProps) {
  const { button, floating, close, panel } = usePopup((opened) => itemsOf(opened)[0]?.focus());
  const step = (event: KeyboardEvent) => {
    const items = panel.current ? itemsOf(panel.current) : [];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to =
      { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key] ??
      findNext(items, at, event.key);
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

/** Where the next item that begins with the letter is, if it is a letter and there is one. */
function findNext(items: readonly HTMLElement[], at: number, letter: string): number | undefined {
  if (letter.trim().length !== 1) return undefined;
  const order = items.map((_, step) => (at + 1 + step) % items.length);
  const beginsSo = (item: HTMLElement) =>
    item.querySelector('span:not([aria-hidden])')?.textContent?.toLowerCase().startsWith(letter.toLowerCase()) ?? false;
  return order.find((it) => items[it] !== undefined && beginsSo(items[it]));
}

const itemsOf = (panel: HTMLElement): HTMLElement[] => [...panel.querySelectorAll<HTMLElement>('[role="menuitem"]')];
