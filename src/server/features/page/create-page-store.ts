import { sql } from 'kysely';
import { type EntryFigures, PageGone, type PageStore, type StoredEntry } from '#connectors/page/index.ts';
import { dayOf } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { shapeSlug } from './address.rules.ts';
import { pageUrl, partAnchor } from './addresses.ts';
import { sumByEntry, sumOfPage } from './count-store.ts';
import {
  correctEntry,
  emptyEntry,
  findEntries,
  findEntry,
  findPicturesInUse,
  insertEntry,
  saysTheSame,
} from './entry-store.ts';
import { forgetNow, promiseToForget } from './forget-pictures.ts';
import { findPage, findPlaceById, type PagePlace } from './page-store.ts';
import { keepPicture } from './pictures.ts';
import type { EntryRow, PageRow } from './tables.ts';

type Ground = Pick<House, 'db' | 'storage' | 'jobs' | 'log'> & { config: Pick<House['config'], 'publicUrl'> };

/** Fills the port of the `page` connector with this house's database and storage. */
export function createPageStore(house: Ground): PageStore {
  return {
    async keepPicture(pageId, { mime, width, height, alt, bytes, video }) {
      await getPlace(house, pageId);
      const key = await keepPicture(house.storage, { pageId, mime, bytes });
      const kept = { key, width, height, alt, sizeBytes: bytes.byteLength };
      return video?.poster ? { ...kept, poster: await keepPicture(house.storage, { pageId, ...video.poster }) } : kept;
    },

    publish: (pageId, entry, beforeWrite) =>
      onPage(house, pageId, async (tx, page, place) => {
        // The write of a process that froze here must not appear long after its attempt was given up.
        await sql`SET LOCAL idle_in_transaction_session_timeout = '5s'`.execute(tx);
        const thread = entry.threadKey === null ? null : await findEntry(tx, pageId, entry.threadKey);
        if (entry.threadKey !== null && !thread) throw new Error('The first part of the thread is not on the page.');
        const today = dayOf(await readClock(tx), await getZone(tx));
        const slug = thread ? null : shapeSlug({ day: today, key: entry.key, text: entry.text });
        const insert = { ...entry, threadKey: thread?.id ?? null, slug };
        beforeWrite();
        await insertEntry(tx, place, insert);
        const row = await findEntry(tx, pageId, entry.key);
        if (!row) throw new Error('The key belongs to an entry of another page.');
        return {
          ...(await shapeStored(house, tx, page, row)),
          same: row.position === entry.position && saysTheSame(row, entry),
        };
      }),

    find: (pageId, key) =>
      onPage(house, pageId, async (tx, page) => {
        const row = await findEntry(tx, pageId, key);
        return row && shapeStored(house, tx, page, row);
      }),

    async correct(pageId, entry) {
      const { stored, unused } = await onPage(house, pageId, async (tx, page) => {
        const before = await correctEntry(tx, pageId, entry);
        const row = before && (await findEntry(tx, pageId, entry.key));
        if (!before || !row) return { stored: null, unused: [] };
        return { stored: await shapeStored(house, tx, page, row), unused: await dropUnused(house, tx, before) };
      });
      await forgetNow(house, unused);
      return stored;
    },

    async remove(pageId, key) {
      const unused = await onPage(house, pageId, async (tx) => {
        const removed = await emptyEntry(tx, pageId, key);
        return removed ? dropUnused(house, tx, removed) : [];
      });
      await forgetNow(house, unused);
    },

    figures: (pageId, keys) =>
      onPage(house, pageId, async (tx) => {
        const rows = new Map((await findEntries(tx, pageId, keys)).map((row) => [row.id, row]));
        const sums = await sumByEntry(tx, pageId, keys);
        return keys.map((key) => shapeFigures(key, rows.get(key), sums.get(key)));
      }),

    totals: (pageId) =>
      onPage(house, pageId, async (tx) => {
        const { views, clicks } = await sumOfPage(tx, pageId);
        return { views, linkClicks: clicks };
      }),
  };
}

async function getPlace(house: Ground, pageId: string): Promise<PagePlace> {
  const place = await findPlaceById(house.db, pageId);
  if (!place) throw new PageGone();
  return place;
}

/** One transaction in the workspace of a page. */
async function onPage<T>(
  house: Ground,
  pageId: string,
  work: (tx: Tx, page: PageRow, place: PagePlace) => Promise<T>,
): Promise<T> {
  const place = await getPlace(house, pageId);
  return house.db.inWorkspace(place.workspaceId, async (tx) => {
    const page = await findPage(tx);
    if (page?.id !== pageId) throw new PageGone();
    return work(tx, page, place);
  });
}

async function shapeStored(house: Ground, tx: Tx, page: PageRow, row: EntryRow): Promise<StoredEntry> {
  const first = row.position === 0 ? row : await findEntry(tx, page.id, row.thread_id);
  const address = pageUrl(house.config, page.address, first?.slug ?? '');
  return {
    key: row.id,
    address: row.position === 0 ? address : `${address}#${partAnchor(row.id)}`,
    removed: row.removed_at !== null,
  };
}

/** Pictures that the entry showed and nothing on the page shows now: they are to be deleted from here on. */
async function dropUnused(house: Ground, tx: Tx, before: EntryRow): Promise<string[]> {
  const shown = picturesOf(before);
  const used = await findPicturesInUse(tx, before.page_id, shown);
  const pictures = shown.filter((picture) => !used.has(picture));
  await promiseToForget(house, tx, { pageId: before.page_id, pictures });
  return pictures;
}

const picturesOf = (row: EntryRow): string[] => [
  ...row.media.flatMap(({ key, poster }) => (poster === undefined ? [key] : [key, poster])),
  ...(row.link?.image ? [row.link.image.key] : []),
];

function shapeFigures(
  key: string,
  row: EntryRow | undefined,
  sum: { views: number; clicks: number } | undefined,
): EntryFigures {
  return {
    key,
    state: row && row.removed_at === null ? 'live' : 'gone',
    views: row && row.position > 0 ? null : (sum?.views ?? 0),
    linkClicks: sum?.clicks ?? 0,
  };
}
