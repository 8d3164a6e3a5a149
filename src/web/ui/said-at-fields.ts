import { createContext, useContext, useLayoutEffect } from 'react';

/** What the fields of a form say is wrong with them, so that nobody else of the form says it again. */
export const Said = createContext<{ words: readonly string[]; say: (words: string) => () => void } | null>(null);

/** Notes what a field says is wrong with it, so that the form's notice does not say it again. */
export function useSayAtField(words: unknown): void {
  const say = useContext(Said)?.say;
  useLayoutEffect(() => (typeof words === 'string' && words !== '' ? say?.(words) : undefined), [words, say]);
}

/** What stands at the fields of the form around this already. */
export const useSaidAtFields = (): readonly string[] => useContext(Said)?.words ?? [];
