import { describe, expect, test } from 'vitest';
import type { OwnPost } from '#connectors/kit/contract.ts';
import { matchOwnPosts, type SoughtPart } from './match-own-posts.rules.ts';

const due = new Date('2026-11-23T09:00:00Z');
const later = (minutes: number): Date => new Date(due.getTime() + minutes * 60_000);
const part = (id: string, more: Partial<SoughtPart> = {}): SoughtPart => ({
  id,
  groupId: id,
  position: 0,
  role: 'post',
  text: 'Bread at seven',
  dueAt: due,
  isPlanned: false,
  remoteId: null,
  ...more,
});
const post = (id: string, more: Partial<OwnPost> = {}): OwnPost => ({
  sent: { remoteId: id, address: null, receipt: null },
  text: 'Bread at seven',
  replyTo: null,
  at: later(1),
  ...more,
});
/** Newest first, as networks list them. */
const match = (parts: SoughtPart[], posts: OwnPost[], known: string[] = []): Record<string, string> =>
  Object.fromEntries(
    [...matchOwnPosts(parts, posts, new Set(known))].map(([id, { sent }]) => [id, sent.remoteId] as const),
  );

describe('what is out already', () => {
  test('is known by its words, whatever the network did to links and white space', () => {
    const text = 'Bread  at\nseven https://bakery.example/order?from=here';
    const theirs = 'Bread at seven https://t.example/x1';
    expect(match([part('a', { text })], [post('p', { text: theirs })])).toEqual({ a: 'p' });
    expect(match([part('a', { text: 'Café' })], [post('p', { text: 'Café' })])).toEqual({ a: 'p' });
  });

  test('is not what says something else, what was there before it was due, or what the ledger has', () => {
    expect(match([part('a')], [post('p', { text: 'Bread at eight' })])).toEqual({});
    expect(match([part('a')], [post('p', { at: later(-30) })])).toEqual({});
    expect(match([part('a')], [post('p')], ['p'])).toEqual({});
    expect(match([part('a')], [post('p', { replyTo: 'other' })])).toEqual({});
  });

  test('is one post for one part: the earlier part takes the earlier post, and none is taken twice', () => {
    const parts = [part('b', { dueAt: later(60) }), part('a')];
    expect(match(parts, [post('p')])).toEqual({ a: 'p' });
    expect(match(parts, [post('q', { at: later(61) }), post('p')])).toEqual({ a: 'p', b: 'q' });
    expect(match(parts, [post('q', { at: null }), post('p', { at: null })])).toEqual({ a: 'p', b: 'q' });
  });

  test('is found beneath what it follows, and not beneath another', () => {
    const thread = [part('a'), part('a1', { groupId: 'a', position: 1, text: 'And cake' })];
    const reply = post('r', { text: 'And cake', replyTo: 'p' });
    expect(match(thread, [reply, post('p')])).toEqual({ a: 'p', a1: 'r' });
    expect(match(thread, [reply])).toEqual({});
    const known = [part('a', { remoteId: 'p' }), ...thread.slice(1)];
    expect(match(known, [reply, post('p')], ['p'])).toEqual({ a1: 'r' });
    const comment = part('c', { groupId: 'a', position: 2, role: 'comment', text: 'Order here' });
    expect(match([...thread, comment], [post('s', { text: 'Order here', replyTo: 'p' }), reply, post('p')])).toEqual({
      a: 'p',
      a1: 'r',
      c: 's',
    });
  });

  test('can be what was planned for later, when nothing that was due says the same', () => {
    const planned = part('later', { dueAt: later(600), isPlanned: true });
    expect(match([planned], [post('p')])).toEqual({ later: 'p' });
    expect(match([planned, part('a')], [post('p')])).toEqual({ a: 'p' });
  });

  test('is left to a person where it has no words', () => {
    expect(match([part('a', { text: '' })], [post('p', { text: '' })])).toEqual({});
    expect(match([part('a', { text: 'https://a.example' })], [post('p', { text: 'https://b.example' })])).toEqual({});
  });
});
