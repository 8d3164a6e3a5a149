import type { z } from 'zod';
import type { Call } from '../kit/contract.ts';
import { type Fault, type Outcome, ok } from '../kit/faults.ts';
import { postCollection } from './addresses.ts';
import { callServer } from './call-server.ts';
import { ListedPosts } from './wire.ts';

/** How many pages of a hundred are read before older posts are left unread. */
const maxPages = 10;

/** A post as it lies in the account's repository. */
export interface ListedPost {
  uri: string;
  cid: string;
  text: string;
  replyTo: string | null;
  at: Date | null;
}

/** The account's posts since an instant, newest first, straight from its own server, which reads what it wrote. */
export async function listRecords(
  call: Call,
  { server, did, since }: { server: string; did: string; since: Date },
): Promise<Outcome<ListedPost[], Fault>> {
  const found: ListedPost[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const query: [string, string][] = [
      ['repo', did],
      ['collection', postCollection],
      ['limit', '100'],
      ...(cursor === undefined ? [] : [['cursor', cursor] satisfies [string, string]]),
    ];
    const listed: Outcome<z.output<typeof ListedPosts>, Fault> = await callServer(
      call,
      { server, method: 'com.atproto.repo.listRecords', query },
      ListedPosts,
    );
    if (!listed.ok) return listed;
    const { records } = listed.value;
    for (const { uri, cid, value } of records) {
      const { text, createdAt: at, reply } = value;
      if (at === null || at >= since) found.push({ uri, cid, text, replyTo: reply?.parent.uri ?? null, at });
    }
    cursor = listed.value.cursor;
    const oldest = records.at(-1)?.value.createdAt;
    if (cursor === undefined || records.length === 0 || (oldest && oldest < since)) break;
  }
  return ok(found);
}
