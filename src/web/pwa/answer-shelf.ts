import { type DeviceStore, openDeviceStore } from './device-store.ts';

/** How much is kept, and how long. */
export interface ShelfLimits {
  longestMs: number;
  mostAnswers: number;
  mostSize: number;
  /** An answer longer than this is not kept at all. */
  mostSizeEach: number;
}

const limits: ShelfLimits = {
  longestMs: 7 * 24 * 60 * 60 * 1_000,
  mostAnswers: 400,
  mostSize: 8_000_000,
  mostSizeEach: 500_000,
};

/** An answer to keep. */
interface Given {
  name: string;
  workspaceId: string;
  answer: unknown;
  at: number;
}

/** Answers kept for reading without the server, for each person and workspace apart. */
export interface AnswerShelf {
  find(personId: string, workspaceId: string, name: string): Promise<{ answer: unknown; at: number } | null>;
  put(personId: string, given: readonly Given[]): Promise<void>;
  drop(personId: string, workspaceId: string, name: string): Promise<void>;
  /** Removes what is of other people, or of a workspace that is not in this list. */
  keepOnly(personId: string, workspaceIds: readonly string[]): Promise<void>;
  clear(): Promise<void>;
}

const keyOf = (personId: string, workspaceId: string, name: string): string => `${personId} ${workspaceId} ${name}`;

/** Opens the shelf of this browser. */
export async function openAnswerShelf(): Promise<AnswerShelf> {
  return {
    async find(personId, workspaceId, name) {
      const kept = await (await openDeviceStore()).get('answers', keyOf(personId, workspaceId, name));
      return kept && kept.at >= Date.now() - limits.longestMs ? kept : null;
    },
    async put(personId, given) {
      const store = await openDeviceStore();
      const write = store.transaction('answers', 'readwrite');
      for (const { name, workspaceId, answer, at } of given) {
        const size = JSON.stringify(answer).length;
        const key = keyOf(personId, workspaceId, name);
        if (size > limits.mostSizeEach) await write.store.delete(key);
        else await write.store.put({ key, personId, workspaceId, answer, at, size });
      }
      await write.done;
      await trim(store);
    },
    async drop(personId, workspaceId, name) {
      await (await openDeviceStore()).delete('answers', keyOf(personId, workspaceId, name));
    },
    async keepOnly(personId, workspaceIds) {
      await removeWhere(
        await openDeviceStore(),
        (it) => it.personId !== personId || (it.workspaceId !== '' && !workspaceIds.includes(it.workspaceId)),
      );
    },
    async clear() {
      await (await openDeviceStore()).clear('answers');
    },
  };
}

/** Lets go of what is too old and, beyond the most that is kept, of the oldest. */
async function trim(store: DeviceStore): Promise<void> {
  const all = await store.getAllFromIndex('answers', 'at');
  const gone = chooseSurplus(all.reverse(), limits, Date.now());
  const write = store.transaction('answers', 'readwrite');
  for (const key of gone) await write.store.delete(key);
  await write.done;
}

/** The keys of what goes beyond the limits; `answers` are given newest first. */
export function chooseSurplus(
  answers: readonly { key: string; at: number; size: number }[],
  { longestMs, mostAnswers, mostSize }: ShelfLimits,
  nowMs: number,
): string[] {
  let size = 0;
  return answers
    .filter((it, position) => {
      size += it.size;
      return it.at < nowMs - longestMs || position >= mostAnswers || size > mostSize;
    })
    .map(({ key }) => key);
}

async function removeWhere(
  store: DeviceStore,
  isGone: (it: { personId: string; workspaceId: string }) => boolean,
): Promise<void> {
  const write = store.transaction('answers', 'readwrite');
  for (let at = await write.store.openCursor(); at; at = await at.continue()) if (isGone(at.value)) await at.delete();
  await write.done;
}
