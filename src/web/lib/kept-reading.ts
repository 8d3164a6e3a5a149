import type { AnswerShelf } from '../pwa/answer-shelf.ts';

/**
 * What may be read again without the server: what a workspace's screens are made of. A list of what is allowed, so that
 * whatever comes later is not kept until somebody has thought about it. Keys, sessions, invitations, the audit log and
 * the installation are not in it.
 */
const allowed: ReadonlySet<string> = new Set([
  'me.get',
  'workspaces.get',
  'today.get',
  'goals.list',
  'goals.get',
  'objectives.list',
  'initiatives.list',
  'analytics.progress',
  'analytics.evidence',
  'analytics.engagements',
  'analytics.figures',
  'posts.list',
  'posts.get',
  'deliveries.list',
  'deliveries.get',
  'publishing.health',
  'publishing.days',
  'publishing.quotas',
  'publishing.endings',
  'publishing.status',
  'publishing.holds',
  'channels.list',
  'channels.get',
  'members.list',
  'media.get',
  'page.get',
  'notices.list',
  'notices.unread',
]);

/** May the answer of this operation be kept on the device? */
export const mayKeep = (operation: string): boolean => allowed.has(operation);

/** Who was here last: the kept reading is theirs. Not a secret, and no proof of anything. */
const ownerName = 'goalpost.reader';

/** The person to whom this page's calls belong; null until the server has said so. */
let reader: string | null = null;
let shelf: Promise<AnswerShelf> | null = null;
const openShelf = (): Promise<AnswerShelf> => {
  shelf ??= import('../pwa/answer-shelf.ts').then((it) => it.openAnswerShelf());
  return shelf;
};

/** When what is shown was asked for, by operation and question, where it is not an answer of now. */
const keptSince = new Map<string, number>();
const nameOf = (operation: string, input: unknown): string => `${operation} ${JSON.stringify(input ?? {})}`;

/** Writes come together a moment after the screen, so that keeping delays nothing. */
const PAUSE_MS = 1_000;
let heap: { operation: string; input: unknown; answer: unknown; at: number }[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes note of an answer. It is kept as soon as it is known whose it is. */
export function keepAnswer(operation: string, input: unknown, answer: unknown): void {
  if (!mayKeep(operation)) return;
  keptSince.delete(nameOf(operation, input));
  if (operation === 'me.get') welcome(answer as { id: string; workspaces: { id: string }[] });
  heap.push({ operation, input, answer, at: Date.now() });
  timer ??= setTimeout(() => void putAway(), PAUSE_MS);
}

/** What was answered before, for who was here last; null when nothing is kept. */
export async function findAnswer(operation: string, input: unknown): Promise<{ answer: unknown } | null> {
  const personId = reader ?? localStorage.getItem(ownerName);
  if (!mayKeep(operation) || personId === null) return null;
  try {
    const kept = await (await openShelf()).find(personId, workspaceOf(input), nameOf(operation, input));
    if (!kept) return null;
    keptSince.set(nameOf(operation, input), kept.at);
    return { answer: kept.answer };
  } catch {
    // A browser that keeps nothing: then there is nothing to read.
    return null;
  }
}

/** The server has said no to what it once answered: that answer is not for this person any more. */
export function dropAnswer(operation: string, input: unknown): void {
  if (!mayKeep(operation) || reader === null) return;
  const personId = reader;
  void withShelf((it) => it.drop(personId, workspaceOf(input), nameOf(operation, input)));
}

/** Removes all that was read here: at signing out, and when the session is over. */
export async function forgetReading(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  heap = [];
  reader = null;
  keptSince.clear();
  if (localStorage.getItem(ownerName) === null) return;
  localStorage.removeItem(ownerName);
  await withShelf((it) => it.clear());
}

/** When the oldest of these questions was answered, in milliseconds; null when all answers are of now. */
export function oldestOf(questions: readonly { operation: string; input: unknown }[]): number | null {
  const times = questions.flatMap(({ operation, input }) => keptSince.get(nameOf(operation, input)) ?? []);
  return times.length > 0 ? Math.min(...times) : null;
}

/** Who this page's calls belong to, as the server says. What was kept for others, or of workspaces left, goes. */
function welcome({ id, workspaces }: { id: string; workspaces: { id: string }[] }): void {
  reader = id;
  if (localStorage.getItem(ownerName) !== id) localStorage.setItem(ownerName, id);
  const left = workspaces.map((each) => each.id);
  setTimeout(() => {
    // Somebody signed out or in since: what is kept now is not for this answer to clear.
    if (reader === id) void withShelf((it) => it.keepOnly(id, left));
  }, PAUSE_MS);
}

// Somebody else signed in in another tab: until the server says who is here, nothing is kept.
globalThis.window?.addEventListener('storage', ({ key }) => {
  if (key !== ownerName || localStorage.getItem(ownerName) === reader) return;
  reader = null;
  heap = [];
});

async function putAway(): Promise<void> {
  timer = undefined;
  const personId = reader;
  if (personId === null) return;
  const answers = heap;
  heap = [];
  await withShelf((it) =>
    it.put(
      personId,
      answers.map(({ operation, input, answer, at }) => ({
        name: nameOf(operation, input),
        workspaceId: workspaceOf(input),
        answer,
        at,
      })),
    ),
  );
}

/** A store that is full, forbidden or just removed must not break the screen. */
async function withShelf(work: (shelf: AnswerShelf) => Promise<void>): Promise<void> {
  try {
    await work(await openShelf());
  } catch {
    // Nothing is kept then; the screens say so when it is asked for.
  }
}

const workspaceOf = (input: unknown): string => {
  const id = (input as { workspaceId?: unknown } | undefined)?.workspaceId;
  return typeof id === 'string' ? id : '';
};
