import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { useBoundShortcuts } from '../../lib/shortcuts.ts';
import { IconSearch } from '../../ui/icons.ts';
import { Keys } from '../../ui/keys.tsx';
import { type Command, useCommands } from './commands.ts';
import { bestOf, useThings } from './find-things.ts';
import './palette.css';

interface PaletteProps {
  person: Me;
  isOpen: boolean;
  onClose: () => void;
}

/** Goes anywhere and does anything by a few letters. The focus stays in the field; arrow keys choose, Enter does it. */
export function Palette({ person, isOpen, onClose }: PaletteProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a press beside it does
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('palette.title')}
      // By Escape, before it is gone from the screen: the key that opens it again may follow at once.
      onCancel={onClose}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {isOpen ? <Inside person={person} onClose={onClose} /> : null}
    </dialog>
  );
}

function Inside({ person, onClose }: Omit<PaletteProps, 'isOpen'>) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const commands = useCommands(person);
  const bound = new Set(useBoundShortcuts().map((it) => it.keys));
  const { things, isAsking } = useThings(query);
  const shown = query.trim() === '' ? commands : [...bestOf(query, commands, 8), ...things];
  const active = Math.min(at, shown.length - 1);

  const move = (to: number) => {
    const next = (to + shown.length) % shown.length;
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const take = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: active + 1, ArrowUp: active - 1 }[event.key];
    const isTaken = event.key === 'Enter' && !event.nativeEvent.isComposing;
    if ((step === undefined && !isTaken) || shown.length === 0) return;
    event.preventDefault();
    if (step === undefined) take(shown[active]);
    else move(step);
  };
  return (
    <>
      <div className="palette-field">
        <IconSearch size={20} />
        <input
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          aria-label={t('palette.label')}
          placeholder={t('palette.label')}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown[active] ? `${id}-${active}` : undefined}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={t('palette.title')} ref={list}>
        {shown.map(({ id: name, Icon, ...command }, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          <div
            key={name}
            role="option"
            id={`${id}-${position}`}
            aria-selected={position === active}
            className="palette-line"
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setAt(position)}
            onClick={() => take(shown[position])}
          >
            <Icon size={20} />
            <span className="palette-name" dir="auto">
              {command.name}
            </span>
            {command.hint ? <small>{command.hint}</small> : null}
            {command.keys && bound.has(command.keys) ? <Keys keys={command.keys} /> : null}
          </div>
        ))}
      </div>
      <p className="palette-word" role="status">
        {shown.length === 0 ? t(isAsking ? 'palette.looking' : 'palette.none') : ''}
      </p>
    </>
  );
}
