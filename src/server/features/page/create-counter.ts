import { dayOf } from '#server/features/strategy/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { addCounts, type ClicksOfDay, type ViewsOfDay } from './count-store.ts';

/** Where something was counted. `entryKey` null: the page itself. */
export interface CountedAt {
  workspaceId: string;
  pageId: string;
  entryKey: string | null;
  zone: string;
}

/** Counts people's views and clicks without slowing their answers. */
export interface Counter {
  countView(at: CountedAt): void;
  countClick(at: CountedAt, link: { name: string; url: string }): void;
  /** Writes what was counted so far. What cannot be written now is kept for the next time. */
  flush(): Promise<void>;
  /** Stops the clockwork and writes what is left. */
  close(): Promise<void>;
}

/** What is counted for one workspace and not written yet. */
interface Unwritten {
  views: Map<string, ViewsOfDay>;
  clicks: Map<string, ClicksOfDay>;
}

/**
 * Makes a counter that adds up in memory and writes once a second, so a rush of visitors is one statement. A process
 * that is killed outright loses at most that second; one that is asked to stop loses nothing. Days are local days of
 * the workspace's zone. Nothing about the visitor is kept: no address, no cookie, no fingerprint.
 */
export function createCounter({
  house,
  everyMs = 1_000,
  now = () => new Date(),
}: {
  house: Pick<House, 'db' | 'log'>;
  everyMs?: number;
  now?: () => Date;
}): Counter {
  let unwritten = new Map<string, Unwritten>();
  let writing: Promise<void> = Promise.resolve();
  const ofWorkspace = (id: string): Unwritten => {
    const known = unwritten.get(id) ?? { views: new Map(), clicks: new Map() };
    unwritten.set(id, known);
    return known;
  };
  const addView = (workspaceId: string, row: ViewsOfDay) => {
    const { views } = ofWorkspace(workspaceId);
    const key = `${row.pageId} ${row.day} ${row.entryId}`;
    views.set(key, { ...row, views: row.views + (views.get(key)?.views ?? 0) });
  };
  const addClick = (workspaceId: string, row: ClicksOfDay) => {
    const { clicks } = ofWorkspace(workspaceId);
    const key = `${row.pageId} ${row.day} ${row.entryId} ${row.link}`;
    clicks.set(key, { ...row, clicks: row.clicks + (clicks.get(key)?.clicks ?? 0) });
  };

  const writeAll = async () => {
    const batch = unwritten;
    unwritten = new Map();
    for (const [workspaceId, counted] of batch) {
      const views = [...counted.views.values()];
      const clicks = [...counted.clicks.values()];
      try {
        await house.db.inWorkspace(workspaceId, (tx) => addCounts(tx, workspaceId, { views, clicks }));
      } catch (error) {
        house.log.warn({ err: error, workspaceId }, 'views of the own page wait to be written');
        for (const row of views) addView(workspaceId, row);
        for (const row of clicks) addClick(workspaceId, row);
      }
    }
  };
  const flush = (): Promise<void> => {
    writing = writing.then(writeAll);
    return writing;
  };
  const clockwork = setInterval(() => {
    if (unwritten.size > 0) void flush();
  }, everyMs);
  clockwork.unref();

  return {
    countView: ({ workspaceId, pageId, entryKey, zone }) =>
      addView(workspaceId, { pageId, day: dayOf(now(), zone), entryId: entryKey ?? '', views: 1 }),
    countClick: ({ workspaceId, pageId, entryKey, zone }, { name, url }) =>
      addClick(workspaceId, {
        pageId,
        day: dayOf(now(), zone),
        entryId: entryKey ?? '',
        link: name,
        url,
        clicks: 1,
      }),
    flush,
    close: () => {
      clearInterval(clockwork);
      return flush();
    },
  };
}
