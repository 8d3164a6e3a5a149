import { type RefObject, type ToggleEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

interface PopupParts {
  isOpen: boolean;
  close: () => void;
  panel: RefObject<HTMLDivElement | null>;
  /** For the button that opens it. */
  button: { ref: RefObject<HTMLButtonElement | null>; popoverTarget: string; 'aria-expanded': boolean };
  /** For what opens. */
  floating: {
    ref: RefObject<HTMLDivElement | null>;
    id: string;
    popover: 'auto';
    onToggle: (event: ToggleEvent<HTMLDivElement>) => void;
  };
}

const gap = 6;

/**
 * Something small that opens beside its button, by the browser's own popover: Escape and a press elsewhere close it, and
 * the focus goes back. It opens to where there is room.
 */
export function usePopup(onOpened?: (panel: HTMLElement) => void): PopupParts {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const onToggle = ({ newState }: ToggleEvent<HTMLDivElement>) => {
    // What is inside has to be there before there can be room for it.
    flushSync(() => setOpen(newState === 'open'));
    if (newState !== 'open' || !panel.current || !button.current) return;
    place(panel.current, button.current.getBoundingClientRect());
    onOpened?.(panel.current);
  };
  return {
    isOpen,
    close: () => panel.current?.hidePopover(),
    panel,
    button: { ref: button, popoverTarget: id, 'aria-expanded': isOpen },
    floating: { ref: panel, id, popover: 'auto', onToggle },
  };
}

function place(panel: HTMLElement, at: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = at.bottom + gap;
  const top = below + height > window.innerHeight && at.top - gap - height > 0 ? at.top - gap - height : below;
  const left = at.left + width > window.innerWidth - gap ? at.right - width : at.left;
  panel.style.top = `${Math.max(gap, top)}px`;
  panel.style.left = `${Math.max(gap, left)}px`;
}
