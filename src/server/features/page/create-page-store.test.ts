import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountCall, Connector, PartToSend } from '#connectors/kit/contract.ts';
import { createPageConnector } from '#connectors/page/index.ts';
import { StorageAway } from '#server/platform/storage/index.ts';
import { useDatabase } from '#test/database.ts';
import { createPageStore } from './create-page-store.ts';
import { findPicture } from './pictures.ts';
import { makeGround, makeKey, makePage } from './testing.ts';

const test = useDatabase();
let ground: ReturnType<typeof makeGround>;
let connector: Connector;
beforeAll(() => {
  ground = makeGround(test.database);
  connector = createPageConnector(createPageStore(ground));
});
afterAll(() => ground.clean());

const free = { beforeWrite: () => undefined };
const picture = { mime: 'image/png', width: 4, height: 3, alt: 'Rolls on a tray', bytes: new Uint8Array([1, 2, 3]) };

function callOn(pageId: string): AccountCall {
  return {
    account: {
      remoteId: pageId,
      handle: 'bakery',
      name: 'Bakery',
      address: 'https://goalpost.test/p/bakery',
      server: null,
    },
    credential: null,
    http: { request: () => Promise.reject(new Error('The page calls nobody.')) },
    log: { debug: () => undefined, warn: () => undefined },
    now: new Date(),
    signal: new AbortController().signal,
  };
}

const partOf = (given: Partial<PartToSend> = {}): PartToSend => ({
  seed: makeKey(),
  createdAt: new Date(),
  text: 'Fresh rolls from seven.',
  language: 'en',
  media: [],
  link: null,
  role: 'post',
  before: [],
  content: { parts: [{ text: 'Fresh rolls from seven.', media: [], link: null }] },
  ...given,
});

async function prepare(pageId: string, part: PartToSend) {
  const prepared = await connector.publish.prepare(callOn(pageId), part);
  if (!prepared.ok) throw new Error(prepared.fault.said);
  // As the ledger keeps it between prepare and send.
  return { ...prepared.value, request: JSON.parse(JSON.stringify(prepared.value.request)) };
}

async function publish(pageId: string, part: PartToSend) {
  const sent = await connector.publish.send(callOn(pageId), await prepare(pageId, part), free);
  if (!sent.ok) throw new Error(sent.fault.said);
  return sent.value;
}

const countEntries = (workspaceId: string) =>
  test.database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM page_entry`.execute(tx);
    return rows[0]?.count;
  });

describe('publishing on the own page', () => {
  it('makes one entry of a send repeated and of sends at once', async () => {
    const { workspaceId, pageId } = await makePage(test.database);
    const prepared = await prepare(pageId, partOf({ media: [picture] }));
    const send = () => connector.publish.send(callOn(pageId), prepared, free);
    const together = await Promise.all([send(), send(), send()]);
    const again = await send();
    for (const outcome of [...together, again]) expect(outcome).toEqual(together[0]);
    expect(again).toMatchObject({ ok: true, value: { remoteId: prepared.key } });
    expect(await countEntries(workspaceId)).toBe(1);
  });

  it('sends nothing when the guard throws, and says so', async () => {
    const { workspaceId, pageId } = await makePage(test.database);
    const stopped = await connector.publish.send(callOn(pageId), await prepare(pageId, partOf()), {
      beforeWrite: () => {
        throw new Error('The attempt is no longer the current one.');
      },
    });
    expect(stopped).toMatchObject({ ok: false, fault: { reached: 'no' } });
    expect(await countEntries(workspaceId)).toBe(0);
  });

  it('adopts nothing that says something else under the same key', async () => {
    const { pageId } = await makePage(test.database);
    const part = partOf();
    await publish(pageId, part);
    const other = await prepare(pageId, { ...part, text: 'Something else.' });
    const outcome = await connector.publish.send(callOn(pageId), other, free);
    expect(outcome).toMatchObject({ ok: false, fault: { kind: 'duplicate', existingId: part.seed } });
  });

  it('finds by key what landed and proves absent what did not', async () => {
    const { pageId } = await makePage(test.database);
    const prepared = await prepare(pageId, partOf());
    expect(await connector.publish.find(callOn(pageId), prepared)).toEqual({
      ok: true,
      value: { found: false, conclusive: true },
    });
    await connector.publish.send(callOn(pageId), prepared, free);
    expect(await connector.publish.find(callOn(pageId), prepared)).toMatchObject({
      ok: true,
      value: { found: true, sent: { remoteId: prepared.key } },
    });
  });

  it('stands a thread at the address of its first part', async () => {
    const { pageId } = await makePage(test.database);
    const first = await publish(pageId, partOf());
    const second = await publish(pageId, partOf({ before: [first] }));
    const third = await publish(pageId, partOf({ before: [first, second] }));
    expect(second.address).toBe(`${first.address}#part-${second.remoteId.slice(0, 10)}`);
    expect(third.address).toBe(`${first.address}#part-${third.remoteId.slice(0, 10)}`);
  });

  it('does not bring back what was taken down when a late send repeats it', async () => {
    const { workspaceId, pageId } = await makePage(test.database);
    const prepared = await prepare(pageId, partOf());
    await connector.publish.send(callOn(pageId), prepared, free);
    await connector.publish.remove?.(callOn(pageId), prepared.key ?? '');
    expect(await connector.publish.send(callOn(pageId), prepared, free)).toMatchObject({ ok: true });
    const { rows } = await test.database.inWorkspace(workspaceId, (tx) =>
      sql<{ text: string; removed: boolean }>`SELECT text, removed_at IS NOT NULL AS removed FROM page_entry`.execute(
        tx,
      ),
    );
    expect(rows).toEqual([{ text: '', removed: true }]);
    expect(await connector.publish.remove?.(callOn(pageId), prepared.key ?? '')).toEqual({ ok: true, value: null });
  });

  it('keeps its own copy of a picture until the last entry that shows it is gone', async () => {
    const { pageId } = await makePage(test.database);
    const one = await prepare(pageId, partOf({ media: [picture] }));
    const two = await prepare(pageId, partOf({ media: [picture] }));
    const [key = ''] = one.mediaIds;
    expect(two.mediaIds).toEqual([key]);
    for (const prepared of [one, two]) await connector.publish.send(callOn(pageId), prepared, free);
    await connector.publish.remove?.(callOn(pageId), one.key ?? '');
    const found = await findPicture(ground.storage, key);
    expect(found?.mime).toBe('image/png');
    expect(await found?.file.bytes()).toEqual(picture.bytes);
    await connector.publish.remove?.(callOn(pageId), two.key ?? '');
    expect(await findPicture(ground.storage, key)).toBeNull();
  });

  it('lets a video’s still go with it, and not before', async () => {
    const { pageId } = await makePage(test.database);
    const poster = { mime: 'image/jpeg', width: 1, height: 1, bytes: new Uint8Array([255, 216, 255]) };
    const film = { ...picture, mime: 'video/mp4', video: { durationMs: 1_000, poster } };
    const one = await prepare(pageId, partOf({ media: [film] }));
    const still = (one.request as { media: { poster: string }[] }).media[0]?.poster ?? '';
    // Another film with the same still.
    const two = await prepare(pageId, partOf({ media: [{ ...film, bytes: new Uint8Array([4, 5, 6]) }] }));
    for (const prepared of [one, two]) await connector.publish.send(callOn(pageId), prepared, free);
    await connector.publish.remove?.(callOn(pageId), one.key ?? '');
    expect(await findPicture(ground.storage, one.mediaIds[0] ?? '')).toBeNull();
    expect((await findPicture(ground.storage, still))?.mime).toBe('image/jpeg');
    await connector.publish.remove?.(callOn(pageId), two.key ?? '');
    expect(await findPicture(ground.storage, still)).toBeNull();
  });

  it('lets a picture go that was taken down or corrected away while its place was away', async () => {
    const { pageId } = await makePage(test.database);
    const gone = () => Promise.reject(new StorageAway('https://s3.internal/bucket', '503'));
    const away = createPageConnector(createPageStore({ ...ground, storage: { ...ground.storage, delete: gone } }));
    const card = { ...picture, bytes: new Uint8Array([8, 8]) };
    const link = { url: 'https://a.example/', title: 'A', description: '', image: card };
    const part = partOf({ media: [picture], link });
    const { mediaIds } = await prepare(pageId, part);
    const ofCard = await prepare(pageId, partOf({ media: [card] }));
    const sent = await publish(pageId, part);
    const corrected = await away.publish.correct?.(callOn(pageId), sent.remoteId, { ...part, link: null });
    expect(corrected).toMatchObject({ ok: true });
    expect(await away.publish.remove?.(callOn(pageId), sent.remoteId)).toMatchObject({ ok: true });
    const keys = [mediaIds[0] ?? '', ofCard.mediaIds[0] ?? ''];
    for (const key of keys) expect(await findPicture(ground.storage, key)).not.toBeNull();
    await ground.jobs.runDue();
    for (const key of keys) expect(await findPicture(ground.storage, key)).toBeNull();
  });

  it('tells the business nothing of where pictures lie', async () => {
    const { pageId } = await makePage(test.database);
    const gone = () => Promise.reject(new StorageAway('https://s3.internal/bucket', '503'));
    const away = createPageConnector(createPageStore({ ...ground, storage: { ...ground.storage, exists: gone } }));
    const warnings: unknown[] = [];
    const call = callOn(pageId);
    const log = { debug: () => undefined, warn: (fields: unknown) => void warnings.push(fields) };
    const outcome = await away.publish.prepare({ ...call, log }, partOf({ media: [picture] }));
    expect(outcome).toMatchObject({ ok: false, fault: { kind: 'temporarily-down' } });
    expect(JSON.stringify(outcome)).not.toMatch(/s3|bucket|503/);
    expect(warnings).toMatchObject([{ err: expect.any(StorageAway) }]);
  });

  it('corrects what it shows at the same address, however often it is told', async () => {
    const { workspaceId, pageId } = await makePage(test.database);
    const part = partOf({ text: 'Fersh rolls.' });
    const sent = await publish(pageId, part);
    const correct = (text: string) => connector.publish.correct?.(callOn(pageId), sent.remoteId, { ...part, text });
    const readRow = () =>
      test.database.inWorkspace(workspaceId, async (tx) => {
        const { rows } = await sql<{
          text: string;
          at: Date | null;
        }>`SELECT text, corrected_at AS at FROM page_entry`.execute(tx);
        return rows[0];
      });
    expect(await correct('Fersh rolls.')).toMatchObject({ ok: true });
    expect((await readRow())?.at).toBeNull();
    expect(await correct('Fresh rolls.')).toEqual({ ok: true, value: sent });
    const corrected = await readRow();
    expect(corrected).toMatchObject({ text: 'Fresh rolls.', at: expect.any(Date) });
    expect(await correct('Fresh rolls.')).toEqual({ ok: true, value: sent });
    expect(await readRow()).toEqual(corrected);
  });

  it('corrects nothing that was taken down, or stands on another page', async () => {
    const mine = await makePage(test.database);
    const theirs = await makePage(test.database);
    const part = partOf();
    const sent = await publish(mine.pageId, part);
    const correct = (pageId: string) =>
      connector.publish.correct?.(callOn(pageId), sent.remoteId, { ...part, text: 'Back again.' });
    const gone = { ok: false, fault: { kind: 'content-rejected', field: 'gone' } };
    expect(await correct(theirs.pageId)).toMatchObject(gone);
    await connector.publish.remove?.(callOn(mine.pageId), sent.remoteId);
    expect(await correct(mine.pageId)).toMatchObject(gone);
    const shown = await test.database.inWorkspace(mine.workspaceId, (tx) =>
      sql`SELECT 1 FROM page_entry WHERE text <> ''`.execute(tx),
    );
    expect(shown.rows).toEqual([]);
  });

  it('forgets the picture of a link that was corrected away, and keeps those still shown', async () => {
    const { pageId } = await makePage(test.database);
    const image = { ...picture, bytes: new Uint8Array([9, 9]) };
    const link = { url: 'https://a.example/', title: 'A', description: '', image };
    const part = partOf({ media: [picture], link });
    const sent = await publish(pageId, part);
    const { mediaIds } = await prepare(pageId, part);
    const card = await prepare(pageId, partOf({ media: [image] }));
    await connector.publish.correct?.(callOn(pageId), sent.remoteId, { ...part, link: null });
    expect(await findPicture(ground.storage, card.mediaIds[0] ?? '')).toBeNull();
    expect(await findPicture(ground.storage, mediaIds[0] ?? '')).not.toBeNull();
  });

  it('leaves out letters that no page and no feed can hold', async () => {
    const { workspaceId, pageId } = await makePage(test.database);
    await publish(pageId, partOf({ text: 'Rolls\u0000 and\u0007 buns\ud800\r\nat seven 🥐' }));
    const { rows } = await test.database.inWorkspace(workspaceId, (tx) =>
      sql<{ text: string }>`SELECT text FROM page_entry`.execute(tx),
    );
    expect(rows[0]?.text).toBe('Rolls and buns\ufffd\nat seven 🥐');
  });

  it('refuses a page that does not exist as an account that is gone', async () => {
    const outcome = await connector.publish.prepare(callOn(crypto.randomUUID()), partOf({ media: [picture] }));
    expect(outcome).toMatchObject({ ok: false, fault: { kind: 'credential-rejected' } });
  });

  it('never touches the page of another workspace', async () => {
    const mine = await makePage(test.database);
    const theirs = await makePage(test.database);
    const sent = await publish(theirs.pageId, partOf());
    const own = await publish(mine.pageId, partOf());
    await connector.publish.remove?.(callOn(mine.pageId), sent.remoteId);
    const figures = await connector.insights?.posts(callOn(mine.pageId), [sent.remoteId, own.remoteId]);
    expect(figures).toMatchObject({
      ok: true,
      value: [{ readings: { 'post-views': { state: 'gone' } } }, { readings: { 'post-views': { state: 'value' } } }],
    });
    expect(await connector.insights?.posts(callOn(theirs.pageId), [sent.remoteId])).toMatchObject({
      ok: true,
      value: [{ readings: { 'post-views': { state: 'value', value: 0 } } }],
    });
    const stolen = await test.database.inWorkspace(mine.workspaceId, (tx) =>
      sql`UPDATE page_entry SET text = 'mine now' WHERE id = ${sent.remoteId}`.execute(tx),
    );
    expect(stolen.numAffectedRows).toBe(0n);
  });
});
