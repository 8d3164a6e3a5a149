import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askLineAnew, isOffline, onLine } from '../../lib/line.ts';

/**
 * Finds out at once whether Goalpost answers when the browser says that something about the network changed, and asks for
 * everything on the screen anew when answers come again. Once, in the shell.
 */
export function useLine(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ask = () => void askLineAnew();
    const forget = onLine(() => {
      if (!isOffline()) void queries.invalidateQueries();
    });
    window.addEventListener('online', ask);
    window.addEventListener('offline', ask);
    return () => {
      forget();
      window.removeEventListener('online', ask);
      window.removeEventListener('offline', ask);
    };
  }, [queries]);
}
