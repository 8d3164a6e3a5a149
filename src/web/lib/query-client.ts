import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isRefused, wasAnswered } from './failure.ts';

/** The cache of everything fetched. `onSignedOut` runs when the server says that the session is over. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isRefused(error, 'signed-out')) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // What was answered with no stays no; what was not answered may come.
        retry: (count, error) => !wasAnswered(error) && count < 2,
      },
    },
  });
}
