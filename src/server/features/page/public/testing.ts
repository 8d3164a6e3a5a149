import { Hono } from 'hono';
import { afterAll, beforeAll } from 'vitest';
import type { PageStore } from '#connectors/page/index.ts';
import { type TestDatabase, useDatabase } from '#test/database.ts';
import { createPageStore } from '../create-page-store.ts';
import { makeEntry, makeGround } from '../testing.ts';
import { mountPublicPages, type PublicPages } from './index.ts';

/** The public pages of an empty database, and a person who visits them. */
export interface TestPages {
  readonly test: TestDatabase;
  readonly store: PageStore;
  readonly pages: PublicPages;
  /** One request by a person's browser; `headers` replace its own. */
  visit(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  /** Publishes something short, or what is given; `path` is its permanent address. */
  publish(pageId: string, given?: Parameters<typeof makeEntry>[0]): Promise<{ key: string; path: string }>;
}

export function usePublicPages(): TestPages {
  const test = useDatabase();
  const app = new Hono();
  let opened: { store: PageStore; pages: PublicPages; clean(): Promise<void> } | null = null;
  const get = () => {
    if (!opened) throw new Error('The public pages are there from beforeAll on, not before.');
    return opened;
  };
  beforeAll(() => {
    const ground = makeGround(test.database);
    opened = { store: createPageStore(ground), pages: mountPublicPages(app, ground), clean: ground.clean };
  });
  afterAll(async () => {
    await opened?.pages.close();
    await opened?.clean();
  });
  return {
    test,
    get store() {
      return get().store;
    },
    get pages() {
      return get().pages;
    },
    visit: async (path, headers = {}, method = 'GET') =>
      app.request(`https://goalpost.test${path}`, { method, headers: { 'user-agent': browser, ...headers } }),
    async publish(pageId, given = {}) {
      const entry = makeEntry(given);
      const { address } = await get().store.publish(pageId, entry, () => undefined);
      return { key: entry.key, path: new URL(address).pathname };
    },
  };
}

const browser = 'Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Text that would be markup if anything let it. */
export const hostile = `</div><script>alert(1)</script><img src=x onerror="alert(1)"> "quoted" & ]]> <!-- https://a.example/"onmouseover="x <script>alert(2)</script>`;
