import { type ReactNode, useEffect, useId, useRef } from 'react';
import { CloseButton } from './close-button.tsx';
import './side-sheet.css';

interface SideSheetProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  /** Where it slides in. */
  from: 'right' | 'bottom';
  children: ReactNode;
}

/** A sheet laid over the screen, by the browser's own dialogue: the focus stays inside, Escape closes, and it goes back. */
export function SideSheet({ isOpen, onClose, title, closeLabel, from, children }: SideSheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a press beside the sheet does
    <dialog
      ref={dialog}
      className={`side-sheet side-sheet-${from}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {isOpen ? (
        <div className="side-sheet-inside">
          <header>
            <h2 id={titleId}>{title}</h2>
            <CloseButton label={closeLabel} onClick={onClose} />
          </header>
          {children}
        </div>
      ) : null}
    </dialog>
  );
}
