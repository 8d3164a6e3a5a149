import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hono } from 'hono';
import { sql } from 'kysely';
import type { PageStore } from '../../../src/connectors/page/index.ts';
import { createPageStore, mountPublicPages } from '../../../src/server/features/page/index.ts';
import { makeGround, makePage } from '../../../src/server/features/page/testing.ts';
import { startEmbeddedPostgres } from '../../../src/server/platform/db/embedded/index.ts';
import { migrate, openDatabase } from '../../../src/server/platform/db/index.ts';

/** An entry that is up, as it stands in the database. */
export interface PublicEntry {
  id: string;
  text: string;
  thread_id: string;
  position: number;
  media: { alt: string }[];
  link: { url: string } | null;
}

/** The own pages of a Goalpost with an empty database. */
export interface PageServer {
  store: PageStore;
  /** Opens a page in a workspace of its own. */
  openPage(title: string): Promise<{ pageId: string; address: string; list(): Promise<PublicEntry[]> }>;
  /** What anyone's browser gets at an address: HTML. */
  visit(address: string): Promise<string>;
  /** Writes what was counted. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the own pages over an embedded database of their own; both are gone after `stop`. */
export async function startPages(): Promise<PageServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'goalpost-pages-'));
  const quiet = (): void => undefined;
  const postgres = await startEmbeddedPostgres({
    dataDir,
    durable: false,
    log: { info: quiet, warn: quiet, error: quiet },
  });
  const { appUrl, roles } = await migrate({ ownerUrl: postgres.ownerUrl, appPassword: 'pages-for-tests' });
  const database = openDatabase({ appUrl, acrossRole: roles.across });
  const ground = makeGround(database);
  const app = new Hono();
  const store = createPageStore(ground);
  const pages = mountPublicPages(app, ground);
  return {
    store,
    async openPage(title) {
      const { workspaceId, pageId, address } = await makePage(database, { title });
      const list = () =>
        database.inWorkspace(workspaceId, async (tx) => {
          const { rows } = await sql<PublicEntry>`
            SELECT id, text, thread_id, position, media, link FROM page_entry
            WHERE page_id = ${pageId} AND removed_at IS NULL ORDER BY published_at, id`.execute(tx);
          return rows;
        });
      return { pageId, address, list };
    },
    async visit(address) {
      const answer = await app.request(address, { headers: { 'user-agent': browser } });
      return answer.text();
    },
    flush: () => pages.flush(),
    async stop() {
      await pages.close();
      await ground.clean();
      await database.close();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const browser = 'Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0';
