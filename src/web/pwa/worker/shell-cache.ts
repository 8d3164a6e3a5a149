import { shell } from 'virtual:shell';
import type { AskedEvent } from './scope.ts';

const start = 'goalpost-shell-';
const here = `${start}${shell.version}`;
/** Beside the shells, and kept when they are replaced: which languages are spoken on this device. */
const spokenHere = 'goalpost-spoken';
/** Any screen's address would do: all are the same page. */
const page = '/share';

/** Downloads the shell of this version: the page, all code, the English texts and those of the languages spoken here. */
export async function keepShell(): Promise<void> {
  const cache = await caches.open(here);
  const answer = await fetch(page, { headers: { accept: 'text/html' }, redirect: 'error' });
  const text = await answer.clone().text();
  // In the middle of an upgrade the page may be of another build than this worker: the browser tries again later.
  if (!answer.ok || !text.includes(shell.entry)) throw new Error('The page is not the one of this build.');
  const spoken = (await (await caches.open(spokenHere)).keys()).map(({ url }) => new URL(url).pathname.slice(1));
  // Each once, or the browser refuses all: English is everybody's, and some letters are those of several languages.
  const ofSpoken = spoken.flatMap((language) => shell.ofLanguage[language] ?? []);
  await cache.addAll([...new Set([...shell.always, ...ofSpoken])]);
  // Last: where the page is, everything it needs is.
  await cache.put(page, answer);
}

/** Removes the shells of other versions. */
export async function dropOldShells(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(start) && name !== here).map((name) => caches.delete(name)));
}

/** Keeps a language's texts and letters from now on, in later versions too. */
export async function keepLanguage(language: string): Promise<void> {
  const files = shell.ofLanguage[language];
  if (!files) return;
  await (await caches.open(spokenHere)).put(`/${language}`, new Response(language));
  const cache = await caches.open(here);
  const missing = await Promise.all(files.map(async (file) => ((await cache.match(file)) ? [] : [file])));
  await cache.addAll(missing.flat());
}

/** A screen: as the server gives it, and the kept shell when nobody answers. */
export async function answerPage({ request }: AskedEvent): Promise<Response> {
  const kept = async () => (await caches.open(here)).match(page);
  try {
    const answer = await fetch(request);
    // A proxy whose Goalpost is just starting again.
    return answer.status === 502 || answer.status === 504 ? ((await kept()) ?? answer) : answer;
  } catch (error) {
    const shellPage = await kept();
    if (!shellPage) throw error;
    return shellPage;
  }
}

/** A file of the build: kept from the first time on, since its name changes with what it holds. */
export async function answerAsset({ request }: AskedEvent): Promise<Response> {
  const cache = await caches.open(here);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200 && answer.type === 'basic') await cache.put(request, answer.clone());
  return answer;
}
