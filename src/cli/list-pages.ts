import type { Server } from './server.ts';

interface Page {
  items: unknown[];
  next?: string;
}

/** Everything a list holds, page after page. */
export async function listPages(
  server: Server,
  group: string,
  verb: string,
  input: Readonly<Record<string, unknown>>,
): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let cursor: string | undefined; ; ) {
    const { body } = await server.call(group, verb, { limit: 200, ...input, ...(cursor ? { cursor } : {}) });
    const page = body as Page;
    items.push(...page.items);
    if (!page.next) return items;
    cursor = page.next;
  }
}
