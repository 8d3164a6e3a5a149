import './initials.css';

/** A person or business as its first letters; says nothing to who hears the name beside it. */
export function Initials({ name, square = false }: { name: string; square?: boolean }) {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase();
  return (
    <span className={square ? 'initials initials-square' : 'initials'} data-letters={letters} aria-hidden="true" />
  );
}
