import type { AccountCall, MediumToSend, PartToSend, PublishFacet, Sent } from '#connectors/kit/contract.ts';
import { fail, ok, refuse } from '#connectors/kit/faults.ts';
import { judgePart } from '#connectors/kit/judge-part.ts';
import { readFault, readSendFault } from './faults.ts';
import { manifest } from './manifest.ts';
import type { KeptPicture, PageEntry, PageStore, StoredEntry } from './store.ts';
import { PreparedEntry } from './wire.ts';

/** Publishing on the own page: an insert under the part's own key, so that a repeat is harmless. */
export function createPublish(store: PageStore): PublishFacet {
  return {
    async prepare(call, part) {
      const excess = judgePart(manifest, part);
      if (excess) return fail(excess);
      try {
        const entry = await shapeEntry(store, call, part);
        return ok({ key: entry.key, request: entry, mediaIds: entry.media.map((picture) => picture.key) });
      } catch (error) {
        return fail(readFault(error, call.log));
      }
    },

    async send(call, prepared, guard) {
      let wrote = false;
      try {
        const entry = PreparedEntry.parse(prepared.request);
        const stored = await store.publish(call.account.remoteId, entry, () => {
          call.signal.throwIfAborted();
          guard.beforeWrite();
          wrote = true;
        });
        // A removed entry has nothing left to compare; it was published, and its owner took it down.
        if (stored.same || stored.removed) return ok(presentSent(stored));
        const said = 'An entry with this key says something else.';
        return fail({ kind: 'duplicate', existingId: stored.key, said, reached: 'unknown' });
      } catch (error) {
        return fail(readSendFault(error, { log: call.log, wrote }));
      }
    },

    async find(call, prepared) {
      try {
        const stored = prepared.key === null ? null : await store.find(call.account.remoteId, prepared.key);
        return ok(stored ? { found: true, sent: presentSent(stored) } : { found: false, conclusive: true });
      } catch (error) {
        return fail(readFault(error, call.log));
      }
    },

    async correct(call, remoteId, part) {
      const excess = judgePart(manifest, part);
      if (excess) return fail(excess);
      try {
        const entry = await shapeEntry(store, call, { ...part, seed: remoteId });
        const stored = await store.correct(call.account.remoteId, entry);
        if (stored) return ok(presentSent(stored));
        return fail(refuse('gone', 'gone', 'It was taken down.'));
      } catch (error) {
        return fail(readFault(error, call.log));
      }
    },

    async remove(call, remoteId) {
      try {
        await store.remove(call.account.remoteId, remoteId);
        return ok(null);
      } catch (error) {
        return fail(readFault(error, call.log));
      }
    },
  };
}

const presentSent = (stored: StoredEntry): Sent => ({ remoteId: stored.key, address: stored.address, receipt: null });

async function shapeEntry(store: PageStore, call: AccountCall, part: PartToSend): Promise<PageEntry> {
  const keep = (medium: MediumToSend): Promise<KeptPicture> =>
    store.keepPicture(call.account.remoteId, { ...medium, alt: printable(medium.alt) });
  const media: KeptPicture[] = [];
  for (const medium of part.media) media.push(await keep(medium));
  const { link } = part;
  return {
    key: part.seed,
    threadKey: part.before[0]?.remoteId ?? null,
    position: part.before.length,
    text: printable(part.text),
    language: part.language,
    media,
    link: link && {
      url: link.url,
      title: printable(link.title),
      description: printable(link.description),
      image: link.image && (await keep(link.image)),
    },
  };
}

/** Without what neither a database text nor XML may hold: control characters and halves of surrogate pairs. */
function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
}
