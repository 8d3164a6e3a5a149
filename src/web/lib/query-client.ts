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
      // A browser that says it is offline may still reach a server on its own machine; and one that says it is online
      // may reach nothing. Only asking tells; what is kept is answered in place of the server.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 15_000,
        // What was answered with no stays no; what was not answered may come, and so may what was asked for too fast.
        retry: (count, error) => (isRefused(error, 'too-many-attempts') ? count < 4 : !wasAnswered(error) && count < 2),
      },
    },
  });
}
