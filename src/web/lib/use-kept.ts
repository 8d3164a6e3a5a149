import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';

/**
 * State that survives leaving the screen and coming back in the same tab, so that a form can be left half-done. `forget`
 * is called when it was sent.
 */
export function useKept<T>(name: string, begin: T): [T, Dispatch<SetStateAction<T>>, () => void] {
  const key = `goalpost.kept.${name}`;
  const [state, setState] = useState<T>(() => read(key) ?? begin);
  const [isForgotten, setForgotten] = useState(false);
  useEffect(() => {
    if (isForgotten || state === begin) return;
    sessionStorage.setItem(key, JSON.stringify(state));
  }, [key, state, begin, isForgotten]);
  const forget = () => {
    setForgotten(true);
    sessionStorage.removeItem(key);
  };
  return [state, setState, forget];
}

function read<T>(key: string): T | null {
  const text = sessionStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as T);
}
