import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readVideo } from '#test/videos/index.ts';
import type { Json, SentPart } from '../kit/contract.ts';
import { makePart } from '../kit/testing/index.ts';
import { practice } from './index.ts';
import { callOf, drawPicture, faultOf, openPractice, value } from './testing/open-practice.ts';

let net: Awaited<ReturnType<typeof openPractice>>;

beforeAll(async () => {
  net = await openPractice();
});
afterAll(() => net?.server.stop());

describe.each(['keyed', 'keyless'] as const)('publishing on a %s account', (kind) => {
  test('text, pictures with alt text and a card arrive as written', async () => {
    const us = await net.newAccount(kind);
    const link = { url: 'https://example.com/', title: 'Menu', description: 'Bread', image: await drawPicture() };
    const sent = await net.publish(us, { text: 'สวัสดี 🥐', language: 'th', media: [await drawPicture()], link });
    expect(sent.address).toBe(`${net.server.url}/posts/${sent.remoteId}`);
    const page = await (await fetch(sent.address ?? '')).text();
    expect(page).toContain('สวัสดี 🥐');
    expect(page).toContain('alt="ขนมปัง, warm"');
    expect(page).toContain('Menu');
    expect(net.server.readLedger(us.account.handle)).toMatchObject([{ media: [{ alt: 'ขนมปัง, warm' }] }]);
  });

  test('a video arrives whole, and its page plays it', async () => {
    const us = await net.newAccount(kind);
    const bytes = await readVideo('telephone.mov');
    const film = {
      mime: 'video/mp4',
      width: 160,
      height: 120,
      bytes,
      alt: 'Kneading',
      video: { durationMs: 1_000, poster: null },
    };
    const sent = await net.publish(us, { text: 'Look', media: [film] });
    const page = await (await fetch(sent.address ?? '')).text();
    const [, source] = /<video src="([^"]+)" aria-label="Kneading" controls/.exec(page) ?? [];
    const played = await fetch(`${net.server.url}${source}`);
    expect(played.headers.get('content-type')).toBe('video/mp4');
    expect(new Uint8Array(await played.arrayBuffer())).toEqual(bytes);
  });

  test('a card’s picture that the network refuses is left out, and the post goes out', async () => {
    const us = await net.newAccount(kind);
    const image = { ...(await drawPicture()), bytes: new TextEncoder().encode('<svg/>') };
    const link = { url: 'https://example.com/', title: 'Menu', description: '', image };
    const sent = await net.publish(us, { text: 'Look', link });
    expect(await (await fetch(sent.address ?? '')).text()).toContain('Menu');
  });

  test('a thread hangs together, and a first comment hangs under the post itself', async () => {
    const us = await net.newAccount(kind);
    const before: SentPart[] = [];
    for (const text of ['1/3', '2/3', '3/3']) before.push(await net.publish(us, { text, before: [...before] }));
    await net.publish(us, { text: 'Opening hours', role: 'comment', before: [...before] });
    const [first, second] = before.map(({ remoteId }) => remoteId);
    expect(net.server.readLedger(us.account.handle).map(({ act, replyTo }) => [act, replyTo])).toEqual([
      ['create', null],
      ['create', first],
      ['create', second],
      ['comment', first],
    ]);
  });

  test('what is out is listed newest first, with what it answers, and without what was taken down', async () => {
    const us = await net.newAccount(kind);
    const first = await net.publish(us, { text: 'Listed' });
    const gone = await net.publish(us, { text: 'Gone' });
    const reply = await net.publish(us, { text: 'Beneath it', before: [first] });
    value(await practice.publish.remove(callOf(us), gone.remoteId));
    expect(value(await practice.publish.recent(callOf(us)))).toEqual([
      { sent: reply, text: 'Beneath it', replyTo: first.remoteId, at: null },
      { sent: first, text: 'Listed', replyTo: null, at: null },
    ]);
  });

  test.each(['drop-after', 'reset-in-answer', 'fail-after', 'blocked-after'])(
    'after "%s" the outcome is unknown, and a look finds the one post',
    async (misbehaviour) => {
      const us = await net.newAccount(kind);
      const prepared = await net.prepare(us, makePart({ text: misbehaviour }));
      expect(await net.find(us, prepared)).toEqual({ found: false, conclusive: true });
      await net.server.misbehave({ kind: misbehaviour }, { account: us.account.handle, call: 'post' });
      expect(faultOf(await net.send(us, prepared))).toMatchObject({ reached: 'unknown' });
      const found = await net.find(us, prepared);
      expect(found).toMatchObject({
        found: true,
        sent: { remoteId: net.server.readLedger(us.account.handle)[0]?.post },
      });
      expect(net.accepted(us)).toEqual([misbehaviour]);
    },
  );

  test.each(['drop-before', 'fail-before', 'barred'])(
    'after "%s" the outcome is unknown, and a look proves that nothing is there',
    async (misbehaviour) => {
      const us = await net.newAccount(kind);
      await net.publish(us, { text: 'the same words' });
      const prepared = await net.prepare(us, makePart({ text: 'the same words' }));
      await net.server.misbehave({ kind: misbehaviour }, { account: us.account.handle, call: 'post' });
      expect(faultOf(await net.send(us, prepared))).toMatchObject({ reached: 'unknown' });
      expect(await net.find(us, prepared)).toEqual({ found: false, conclusive: true });
    },
  );

  test.each(['other-fields', 'wrong-types', 'html', 'truncated', 'huge', 'deep', 'empty', 'other-post'])(
    'an answer changed to "%s" leaves the outcome unknown, and a look finds the post',
    async (shape) => {
      const us = await net.newAccount(kind);
      const prepared = await net.prepare(us, makePart({ text: shape }));
      await net.server.misbehave({ kind: 'changed-answer', shape }, { account: us.account.handle, call: 'post' });
      expect(faultOf(await net.send(us, prepared))).toMatchObject({ reached: 'unknown' });
      expect(await net.find(us, prepared)).toMatchObject({ found: true });
    },
  );

  test.each([
    ['with-id', true],
    ['without-id', true],
    ['someone-elses', false],
  ])('a duplicate "%s" is adopted only when a read shows it', async (form, isThere) => {
    const us = await net.newAccount(kind);
    const prepared = await net.prepare(us, makePart({ text: form }));
    await net.server.misbehave({ kind: 'duplicate', form }, { account: us.account.handle, call: 'post' });
    expect(faultOf(await net.send(us, prepared))).toMatchObject({ kind: 'duplicate', reached: 'unknown' });
    expect(await net.find(us, prepared)).toMatchObject({ found: isThere });
  });

  test('a post that the network works on is asked for, is not called absent meanwhile, and ends live or failed', async () => {
    const us = await net.newAccount(kind);
    for (const ends of ['live', 'failed']) {
      const order = { account: us.account.handle, call: 'post' };
      await net.server.misbehave({ kind: 'processing', asks: 1, ends }, order);
      const prepared = await net.prepare(us, makePart({ text: ends }));
      const working = faultOf(await net.send(us, prepared));
      if (working.kind !== 'still-processing') throw new Error(working.kind);
      expect(await net.find(us, prepared)).toEqual({ found: false, conclusive: false });
      const ask = () => practice.publish.check(callOf(us), working.token);
      expect(faultOf(await ask())).toMatchObject({ kind: 'still-processing' });
      if (ends === 'live') expect(value(await ask())).toMatchObject({ remoteId: working.token });
      else expect(faultOf(await ask())).toMatchObject({ kind: 'content-rejected', reason: 'not-playable' });
    }
    expect(faultOf(await practice.publish.check(callOf(us), 'p424242'))).toMatchObject({ kind: 'outcome-unknown' });
  });

  test('what was deleted or corrected by hand before the look is never sent again', async () => {
    const us = await net.newAccount(kind);
    for (const [act, body] of [['DELETE'], ['PUT', { text: 'changed by hand' }]] as const) {
      const prepared = await net.prepare(us, makePart({ text: `then ${act}` }));
      const { remoteId } = value(await net.send(us, prepared));
      await us.account.call(act, `/posts/${remoteId}`, body);
      const found = await net.find(us, prepared);
      expect(found).toMatchObject(kind === 'keyed' ? { found: true } : { found: false, conclusive: false });
    }
  });

  test.each([
    ['permission-missing', { kind: 'permission-missing', permission: 'posts-write', reached: 'no' }],
    ['credential-expired', { kind: 'credential-rejected', reached: 'no' }],
    ['media-not-ready', { kind: 'temporarily-down', reached: 'no' }],
    ['fail-before', { kind: 'temporarily-down', reached: 'unknown' }],
    ['blocked-after', { kind: 'content-rejected', reason: 'blocked', reached: 'unknown' }],
  ])('"%s" is told as what it is', async (misbehaviour, expected) => {
    const us = await net.newAccount(kind);
    const prepared = await net.prepare(us, makePart());
    await net.server.misbehave({ kind: misbehaviour }, { account: us.account.handle, call: 'post' });
    expect(faultOf(await net.send(us, prepared))).toMatchObject(expected);
  });

  test('501 characters are refused at the text, with nothing reached', async () => {
    const us = await net.newAccount(kind);
    const text = 'ที่'.repeat(501);
    const refused = { kind: 'content-rejected', field: 'text' };
    expect(faultOf(await practice.publish.prepare(callOf(us), makePart({ text })))).toMatchObject(refused);
    // The network draws the line at the same place.
    const { request, ...prepared } = await net.prepare(us, makePart());
    const { post, ...frozen } = request as { post: { [field: string]: Json } };
    const forced = { ...prepared, request: { ...frozen, post: { ...post, text } } };
    expect(faultOf(await net.send(us, forced))).toMatchObject({ ...refused, reached: 'no' });
  });

  test('nothing goes out when the guard says no at the last moment', async () => {
    const us = await net.newAccount(kind);
    const tooLate = {
      beforeWrite: () => {
        throw new Error('past the deadline');
      },
    };
    const prepared = await net.prepare(us, makePart());
    expect(faultOf(await practice.publish.send(callOf(us), prepared, tooLate))).toMatchObject({ reached: 'no' });
    expect(net.accepted(us)).toEqual([]);
  });

  test('a post is corrected in place, as often as one likes, and taken down', async () => {
    const us = await net.newAccount(kind);
    const { remoteId } = await net.publish(us, { text: 'at seven' });
    const right = makePart({ text: 'at eight' });
    for (const _ of [1, 2])
      expect(value(await practice.publish.correct(callOf(us), remoteId, right))).toMatchObject({ remoteId });
    for (const _ of [1, 2])
      expect(await practice.publish.remove(callOf(us), remoteId)).toEqual({ ok: true, value: null });
    expect(net.server.readLedger(us.account.handle).map(({ act, text }) => `${act}: ${text}`)).toEqual([
      'create: at seven',
      'edit: at eight',
      'delete: at eight',
    ]);
    expect(faultOf(await practice.publish.correct(callOf(us), remoteId, right))).toMatchObject({ field: 'gone' });
    expect(value(await practice.publish.remove(callOf(us), 'p424242'))).toBeNull();
  });
});

describe('what is particular to one kind of account', () => {
  test('the same send repeated, also at once, makes one post of a key', async () => {
    const us = await net.newAccount('keyed');
    const prepared = await net.prepare(us, makePart({ text: 'once', media: [await drawPicture()] }));
    const sent = value(await net.send(us, prepared));
    const again = await Promise.all([net.send(us, prepared), net.send(us, prepared)]);
    expect(again.map(value)).toEqual([sent, sent]);
    expect(net.accepted(us)).toEqual(['once']);
  });

  test('a part is prepared the same however often it is', async () => {
    const us = await net.newAccount('keyed');
    const part = makePart({ media: [await drawPicture()] });
    expect(await net.prepare(us, part)).toEqual(await net.prepare(us, part));
  });

  test('without keys, an earlier post with the same words is not taken for ours', async () => {
    const us = await net.newAccount('keyless');
    const first = await net.publish(us, { text: 'Good morning' });
    const prepared = await net.prepare(us, makePart({ text: 'Good morning' }));
    await net.server.misbehave({ kind: 'drop-after' }, { account: us.account.handle, call: 'post' });
    await net.send(us, prepared);
    const found = await net.find(us, prepared);
    expect(found).toMatchObject({ found: true });
    expect(found.found && found.sent.remoteId).not.toBe(first.remoteId);
  });

  test('without keys, the look goes through as many recent posts as came meanwhile', async () => {
    const us = await net.newAccount('keyless');
    const prepared = await net.prepare(us, makePart({ text: 'deep down' }));
    const { remoteId } = value(await net.send(us, prepared));
    for (let n = 0; n < 130; n += 1) await us.account.call('POST', '/posts', { text: `chatter ${n}` });
    expect(await net.find(us, prepared)).toMatchObject({ found: true, sent: { remoteId } });
  });

  test('without keys, a post is not seen before the network shows it, and is seen after its read lag', async () => {
    const us = await net.newAccount('keyless', 800);
    const prepared = await net.prepare(us, makePart({ text: 'late' }));
    await net.send(us, prepared);
    expect(await net.find(us, prepared)).toMatchObject({ found: false });
    expect(practice.manifest.reconcile.readLagMs).toBeGreaterThan(800);
    await expect.poll(() => net.find(us, prepared), { timeout: 3_000 }).toMatchObject({ found: true });
  });

  test('that shows posts otherwise than they were written: ours is known again, and no other is taken for it', async () => {
    const us = await net.newAccount('keyless', 0, { rewrites: true });
    const written = (day: string) => `Fresh bread on ${day}!\n\nThanks @clara, see https://shop.example/bread?a=1`;
    await us.account.call('POST', '/posts', { text: written('Monday') });
    const prepared = await net.prepare(us, makePart({ text: written('Tuesday') }));
    await us.account.call('POST', '/posts', { text: written('Sunday') });
    expect(await net.find(us, prepared)).toEqual({ found: false, conclusive: true });
    const { remoteId } = value(await net.send(us, prepared));
    expect(await net.find(us, prepared)).toMatchObject({ found: true, sent: { remoteId } });
  });

  test('that takes a post in two steps: the first one says whether the second was done, and does it once', async () => {
    const us = await net.newAccount('container');
    const prepared = await net.prepare(us, makePart({ text: 'In two steps' }));
    expect(net.accepted(us)).toEqual([]);
    expect(await net.find(us, prepared)).toEqual({ found: false, conclusive: true });
    await net.server.misbehave({ kind: 'drop-after' }, { account: us.account.handle, call: 'post' });
    expect(faultOf(await net.send(us, prepared))).toMatchObject({ reached: 'unknown' });
    expect(await net.find(us, prepared)).toMatchObject({ found: true });
    expect(net.accepted(us)).toEqual(['In two steps']);
  });

  test('with a quota: it is told at connecting, and what is over it is refused before anything is shown', async () => {
    const account = await net.server.openAccount('small-quota', { quota: 2 });
    const connected = value(await net.connect({ identifier: account.handle, password: account.password }));
    expect(connected.quota).toBe(2);
    const us = { account, connected };
    for (const text of ['one', 'two']) await net.publish(us, { text });
    const fault = faultOf(await net.send(us, await net.prepare(us, makePart({ text: 'three' }))));
    expect(fault).toMatchObject({ kind: 'rate-limited', scope: 'day', reached: 'no' });
    expect(net.accepted(us)).toEqual(['one', 'two']);
  });
});
