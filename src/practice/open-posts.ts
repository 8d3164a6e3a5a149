import { createHash } from 'node:crypto';
import path from 'node:path';
import { ActLine, LedgerLine, type PersonActLine, type PostContent } from './ledger.ts';
import type { Account } from './open-accounts.ts';
import { openJournal } from './open-journal.ts';
import { ApiRefusal, invalid } from './refusal.ts';

export interface Post extends PostContent {
  id: string;
  accountId: string;
  replyTo: string | null;
  /** A comment beneath another post, as against the next part of a thread. */
  isComment: boolean;
  at: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  /** `processing`: accepted, and shown to nobody yet. */
  state: 'live' | 'processing' | 'failed';
}

export interface NewPost extends PostContent {
  replyTo: string | null;
  isComment: boolean;
}

/** What one account did with a post. */
export interface Act {
  kind: 'like' | 'share';
  accountId: string;
  at: Date;
}

/** Everything that was posted, and what people did with it. */
export interface Posts {
  /** Accepts a post. With a key that a `keyed` account used before it is the first post again. */
  create(account: Account, post: NewPost, options: { key: string | null; work: Work | null }): Post;
  edit(account: Account, id: string, content: PostContent): Post;
  remove(account: Account, id: string): void;
  find(id: string): Post | null;
  findByKey(account: Account, key: string): Post | null;
  /** The account's posts, newest first, tombstones and unfinished ones among them; `after` and newer than it only. */
  listOf(account: Account, range: { after: string | null; before: string | null; limit: number }): Post[];
  /** Live posts of everyone, newest first. */
  listLive(): Post[];
  repliesTo(id: string): Post[];
  /** Asks about an unfinished post once; counts towards its end. */
  ask(account: Account, id: string): Post;
  act(account: Account, kind: Act['kind'], id: string): void;
  follow(account: Account, followed: Account): void;
  actsOn(id: string): Act[];
  followersOf(accountId: string): number;
  view(id: string): void;
  viewsOf(id: string): number;
  /** What many people did, kept as one. Acts that were done before count once. */
  addAll(acts: readonly CrowdAct[]): void;
  /** The latest lines of the ledger, newest first. */
  latestLines(limit: number): LedgerLine[];
  ledgerFile: string;
  close(): void;
}

/** One person's like, share or follow, or a number of views. */
export type CrowdAct =
  | { kind: PersonActLine['act']; accountId: string; on: string }
  | { kind: 'views'; on: string; count: number };

/** A post that the network works on for a while. */
export interface Work {
  asks: number;
  ends: 'live' | 'failed';
}

/**
 * Opens the posts kept in a folder: the ledger, and a second file for likes, shares, follows and views. `now` is the
 * calendar by which everything is dated.
 */
export function openPosts(folder: string, now: () => Date = () => new Date()): Posts {
  const ledger = openJournal(path.join(folder, 'ledger.jsonl'), LedgerLine);
  const people = openJournal(path.join(folder, 'acts.jsonl'), ActLine);
  const posts = new Map<string, Post>();
  const keys = new Map<string, string>();
  const working = new Map<string, { work: Work; line: LedgerLine }>();
  const views = new Map<string, number>();
  const acts: PersonActLine[] = [];
  const done = new Set<string>();
  const lines = [...ledger.kept];
  let latest = 0;
  for (const line of people.kept) take(line);
  for (const line of ledger.kept) apply(line);

  return {
    create(account, post, { key, work }) {
      const known =
        key === null || account.kind === 'keyless' || account.kind === 'blind'
          ? undefined
          : keys.get(keyOf(account.id, key));
      const existing = known === undefined ? undefined : posts.get(known);
      if (existing) {
        if (!saysSame(existing, post)) {
          const more = { existingId: existing.id };
          throw new ApiRefusal(409, 'key-reused', 'This key was used for another post.', more);
        }
        return existing;
      }
      if (account.quota !== null && !post.isComment && countRecent(account.id) >= account.quota) {
        throw new ApiRefusal(429, 'quota-full', `At most ${account.quota} posts in 24 hours.`, { scope: 'day' });
      }
      const target = post.replyTo === null ? null : posts.get(post.replyTo);
      if (target === undefined || target?.deletedAt) throw invalid('replyTo', 'not-found');
      const id = `p${latest + 1}`;
      const { isComment, replyTo, ...content } = post;
      const line = lineOf(isComment ? 'comment' : 'create', account, { at: now(), id, key, replyTo, content });
      if (work) {
        apply(line);
        const waiting = posts.get(id);
        if (waiting) waiting.state = 'processing';
        working.set(id, { work: { ...work }, line });
      } else write(line);
      return mustFind(id);
    },
    edit(account, id, content) {
      const post = mustOwn(account, id);
      if (post.deletedAt) throw new ApiRefusal(410, 'gone', 'This post was deleted.');
      if (!saysSame(post, { ...post, ...content })) {
        write(lineOf('edit', account, { at: now(), id, key: null, replyTo: post.replyTo, content }));
      }
      return mustFind(id);
    },
    remove(account, id) {
      const { text, language, media, link, replyTo, deletedAt } = mustOwn(account, id);
      if (deletedAt) return;
      const content = { text, language, media, link };
      write(lineOf('delete', account, { at: now(), id, key: null, replyTo, content }));
    },
    find: (id) => posts.get(id) ?? null,
    findByKey: (account, key) => posts.get(keys.get(keyOf(account.id, key)) ?? '') ?? null,
    listOf(account, { after, before, limit }) {
      const from = after === null ? 0 : numberOf(after);
      const to = before === null ? Number.POSITIVE_INFINITY : numberOf(before);
      const visibleUntil = now().getTime() - account.readLagMs;
      return newestFirst()
        .filter((it) => it.accountId === account.id && numberOf(it.id) > from && numberOf(it.id) < to)
        .filter((it) => it.at.getTime() <= visibleUntil)
        .slice(0, limit);
    },
    listLive: () => newestFirst().filter(isShown),
    repliesTo: (id) => [...posts.values()].filter((it) => it.replyTo === id && isShown(it)),
    ask(account, id) {
      const post = mustOwn(account, id);
      const waiting = working.get(id);
      if (!waiting) return post;
      waiting.work.asks -= 1;
      if (waiting.work.asks >= 0) return post;
      working.delete(id);
      if (waiting.work.ends === 'failed') post.state = 'failed';
      else write({ ...waiting.line, at: now().toISOString() });
      return mustFind(id);
    },
    act(account, kind, id) {
      const post = mustFind(id);
      if (!isShown(post)) throw new ApiRefusal(404, 'not-found', 'There is no such post.');
      tell([{ kind, accountId: account.id, on: id }]);
    },
    follow: (account, followed) => tell([{ kind: 'follow', accountId: account.id, on: followed.id }]),
    addAll: tell,
    latestLines: (limit) => lines.slice(-limit).reverse(),
    actsOn: (id) =>
      acts.flatMap(({ act, on, accountId, at }) =>
        on === id && act !== 'follow' ? [{ kind: act, accountId, at: new Date(at) }] : [],
      ),
    followersOf: (accountId) => acts.filter((it) => it.act === 'follow' && it.on === accountId).length,
    view: (id) => void views.set(id, (views.get(id) ?? 0) + 1),
    viewsOf: (id) => views.get(id) ?? 0,
    ledgerFile: ledger.file,
    close() {
      ledger.close();
      people.close();
    },
  };

  function write(line: LedgerLine): void {
    ledger.append(line);
    lines.push(line);
    apply(line);
  }

  function apply({ act, post: id, accountId, replyTo, key, at, text, language, media, link }: LedgerLine): void {
    const content = { text, language, media, link };
    const existing = posts.get(id);
    if (act === 'edit' && existing) posts.set(id, { ...existing, ...content, editedAt: new Date(at) });
    if (act === 'delete' && existing) existing.deletedAt = new Date(at);
    if (act !== 'create' && act !== 'comment') return;
    latest = Math.max(latest, numberOf(id));
    if (key !== null) keys.set(keyOf(accountId, key), id);
    const isNew = { id, accountId, replyTo, isComment: act === 'comment', at: new Date(at) };
    posts.set(id, { ...isNew, ...content, editedAt: null, deletedAt: null, state: 'live' });
  }

  function tell(crowd: readonly CrowdAct[]): void {
    const at = now().toISOString();
    const told = crowd.map(({ kind, ...act }) => ({ at, act: kind, ...act }) as ActLine);
    people.appendAll(told.filter(take));
  }

  /** Counts an act; false when it was done before. */
  function take(line: ActLine): boolean {
    if (line.act === 'views') {
      views.set(line.on, (views.get(line.on) ?? 0) + line.count);
      return true;
    }
    const key = `${line.act} ${line.accountId} ${line.on}`;
    if (done.has(key)) return false;
    done.add(key);
    acts.push(line);
    return true;
  }

  /** Posts of the last 24 hours, those that were deleted too. */
  function countRecent(accountId: string): number {
    const since = now().getTime() - 86_400_000;
    const isRecent = (it: Post) => it.accountId === accountId && !it.isComment && it.at.getTime() > since;
    return [...posts.values()].filter(isRecent).length;
  }

  function mustFind(id: string): Post {
    const post = posts.get(id);
    if (!post) throw new ApiRefusal(404, 'not-found', 'There is no such post.');
    return post;
  }

  function mustOwn(account: Account, id: string): Post {
    const post = mustFind(id);
    if (post.accountId !== account.id) throw new ApiRefusal(404, 'not-found', 'There is no such post.');
    return post;
  }

  function newestFirst(): Post[] {
    return [...posts.values()].sort((a, b) => numberOf(b.id) - numberOf(a.id));
  }
}

const isShown = (post: Post): boolean => post.state === 'live' && post.deletedAt === null;
const numberOf = (id: string): number => Number(/^p(\d{1,12})$/.exec(id)?.[1] ?? 0);
const keyOf = (accountId: string, key: string): string => `${accountId} ${key}`;

interface LineParts {
  at: Date;
  id: string;
  key: string | null;
  replyTo: string | null;
  content: PostContent;
}

function lineOf(act: LedgerLine['act'], account: Account, { at, id, key, replyTo, content }: LineParts): LedgerLine {
  const textHash = createHash('sha256').update(content.text).digest('hex');
  const place = { account: account.handle, accountId: account.id, post: id, replyTo };
  return { at: at.toISOString(), act, ...place, key, textHash, ...content };
}

function saysSame(post: Post, other: NewPost): boolean {
  const pick = ({ text, language, media, link, replyTo, isComment }: NewPost) =>
    JSON.stringify([text, language, media.map(({ id, alt }) => [id, alt]), link, replyTo, isComment]);
  return pick(post) === pick(other);
}
