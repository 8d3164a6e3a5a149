import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSwitch } from './icons.ts';
import { useSayAtField } from './said-at-fields.ts';
import './search-choice.css';

/** One of many things to choose from. */
export interface Choice {
  value: string;
  label: string;
  /** Other words it is found by. */
  words?: string;
}

interface SearchChoiceProps {
  label: string;
  description?: string;
  /** The value chosen; '' for none. */
  value: string;
  choices: readonly Choice[];
  /** A few words beside a choice; asked only for those that are shown. */
  hintOf?: (value: string) => string;
  placeholder?: string;
  error?: string | undefined;
  isLocked?: boolean;
  onChange: (value: string) => void;
}

const shownAtOnce = 50;

/** Choosing from a long list by typing a part of a name. Arrow keys move, Enter takes, Escape leaves it as it was. */
export function SearchChoice(props: SearchChoiceProps) {
  const { label, description, value, choices, hintOf, placeholder, error, isLocked = false, onChange } = props;
  useSayAtField(error);
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const isOpen = query !== null && !isLocked;
  const found = isOpen ? find(choices, query) : [];
  const chosen = choices.find((it) => it.value === value)?.label ?? value;

  const open = (words: string) => {
    setQuery(words);
    setAt(
      words === ''
        ? Math.max(
            0,
            find(choices, '').findIndex((it) => it.value === value),
          )
        : 0,
    );
  };
  const take = (choice: Choice | undefined) => {
    setQuery(null);
    if (choice && choice.value !== value) onChange(choice.value);
  };
  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), found.length - 1);
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const press = (event: KeyboardEvent) => {
    const { key } = event;
    const isArrow = key === 'ArrowDown' || key === 'ArrowUp';
    if (!isArrow && !(isOpen && (key === 'Enter' || key === 'Escape'))) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'Enter') take(found[at]);
    else if (key === 'Escape') setQuery(null);
    else if (!isOpen) open('');
    else move(key === 'ArrowDown' ? at + 1 : at - 1);
  };
  return (
    <div className="search-choice">
      <TextInput
        label={label}
        description={description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={isOpen}
        aria-autocomplete="list"
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={isOpen && found[at] ? `${id}-${at}` : undefined}
        readOnly={isLocked}
        rightSection={isLocked ? null : <IconSwitch size={18} />}
        rightSectionPointerEvents="none"
        error={error}
        placeholder={placeholder}
        value={query ?? chosen}
        onChange={(event) => open(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => !isOpen && !isLocked && open('')}
        onKeyDown={press}
        onBlur={() => setQuery(null)}
      />
      {isOpen ? (
        <div className="search-choice-list" role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
          {found.map((choice, position) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            <div
              key={choice.value}
              id={`${id}-${position}`}
              role="option"
              aria-selected={choice.value === value}
              data-active={position === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(choice)}
            >
              <span>{choice.label}</span>
              {hintOf ? <small>{hintOf(choice.value)}</small> : null}
            </div>
          ))}
        </div>
      ) : null}
      {isOpen && found.length === 0 ? (
        <p className="search-choice-none" role="status">
          {t('fields.nothingFound', { words: query })}
        </p>
      ) : null}
    </div>
  );
}

/** Choices in which every word typed occurs, without regard to case and accents; those that begin with it first. */
function find(choices: readonly Choice[], query: string): Choice[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices.slice(0, shownAtOnce);
  const rank = ({ label }: Choice) => (plain(label).startsWith(words[0] ?? '') ? 0 : 1);
  return choices
    .filter((it) => words.every((word) => plain(`${it.label} ${it.value} ${it.words ?? ''}`).includes(word)))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, shownAtOnce);
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replaceAll('_', ' ')
    .toLowerCase();
