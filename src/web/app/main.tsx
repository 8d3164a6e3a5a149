import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { api, onTurnedAway } from '../lib/api.ts';
import { forgetReading } from '../lib/kept-reading.ts';
import { loadRest, startTexts } from '../lib/languages.ts';
import { makeQueryClient } from '../lib/query-client.ts';
import { Look } from '../ui/theme/look.tsx';
import { lookAhead } from './look-ahead.ts';
import { makeRouter } from './router.tsx';

const queryClient = makeQueryClient(() => {
  queryClient.removeQueries({ queryKey: [['me']] });
  void forgetReading();
  const { pathname, href } = router.state.location;
  if (/^\/(sign-|invitation|reconnect|confirm|reset|forgotten)/.test(pathname)) return;
  void router.navigate({ to: '/sign-in', search: { next: href } });
});
const router = makeRouter();
// Whoever is no member any more sees nothing of the workspace any more: the shell looks at what this brings.
onTurnedAway(() => void queryClient.invalidateQueries({ queryKey: api.me.key() }));

void start();

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root.');
  const { texts, answered } = lookAhead(queryClient);
  const readable = startTexts(texts);
  const complete = Promise.all([router.load(), answered]);
  // Browsers without it get it; the others download nothing.
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
  await readable;
  // Drawn once and whole where the rest is quick, instead of waiting signs first that are drawn over.
  await Promise.race([complete, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  const drawing = createRoot(root);
  // As a transition it is drawn in slices: on a slow phone a press in between is heard.
  startTransition(() =>
    drawing.render(
      <StrictMode>
        <Look>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Look>
      </StrictMode>,
    ),
  );
  // After the first screen: what it downloads is for the next time.
  const later = () => setTimeout(() => void startLater(), PAUSE_MS);
  if (document.readyState === 'complete') later();
  else window.addEventListener('load', later, { once: true });
}

/** How long the screen's own part and its answers are waited for before it says that it waits. */
const PATIENCE_MS = 300;

/** How long after the page has come the rest is begun. */
const PAUSE_MS = 1_500;

async function startLater(): Promise<void> {
  const { startPwa } = await import('../pwa/start-pwa.ts');
  await loadRest();
  await startPwa((path) => router.history.push(path));
}
