import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';

const start = 'goalpost.kept.';

/**
 * State that survives leaving the screen and coming back in the same tab, so that a form can be left half-done. `forget`
 * is called when it was sent or given up; what is written afterwards is kept anew.
 */
export function useKept<T>(name: string, begin: T): [T, Dispatch<SetStateAction<T>>, () => void] {
  const key = start + name;
  const [state, setState] = useState<T>(() => read(key, begin) ?? begin);
  const [isForgotten, setForgotten] = useState(false);
  useEffect(() => {
    if (isForgotten || state === begin) return;
    sessionStorage.setItem(key, JSON.stringify(state));
  }, [key, state, begin, isForgotten]);
  const forget = () => {
    setForgotten(true);
    sessionStorage.removeItem(key);
  };
  const change: typeof setState = (next) => {
    setForgotten(false);
    setState(next);
  };
  return [state, change, forget];
}

/** Removes what was kept of all forms in this tab. */
export function forgetKept(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(start)) sessionStorage.removeItem(key);
}

function read<T>(key: string, begin: T): T | null {
  const text = sessionStorage.getItem(key);
  if (text === null) return null;
  const kept = JSON.parse(text) as T;
  return hasShapeOf(begin, kept) ? kept : null;
}

/** What an older version kept in this tab may have a list where there is none now, or none where there is one. */
const hasShapeOf = (begin: unknown, kept: unknown): boolean =>
  Object.entries(begin ?? {}).every(
    ([name, value]) => Array.isArray(value) === Array.isArray((kept as Record<string, unknown> | null)?.[name]),
  );
