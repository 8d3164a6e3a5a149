import assert from 'node:assert/strict';
import type { Sent, SentPart } from '../../contract.ts';
import type { Fault, Outcome } from '../../faults.ts';
import type { Check } from './check.ts';
import { assertWellFormed } from './result-shapes.ts';
import { callOf, forEachKind, hostileWords, newPart, newWords, picture, publish, saying, type Trial } from './trial.ts';

/** Words go out as they were written, in any script; preparing shows nothing, and prepares the same again. */
export const publishText: Check = async (trial) => {
  await forEachKind(trial, async (account) => {
    const part = newPart({ text: newWords(hostileWords) });
    const prepared = await trial.connector.publish.prepare(callOf(trial, account), part);
    assertWellFormed('prepare', prepared);
    assert.deepEqual(await trial.connector.publish.prepare(callOf(trial, account), part), prepared);
    assert.deepEqual(await saying(account, part.text), [], 'Preparing published.');
    const { sent, shown } = await publish(trial, account, part);
    assertWellFormed('send', { ok: true, value: sent });
    assert.equal(shown.text, part.text);
    assert.equal(shown.above, null);
  });
  return 'pass';
};

/** Pictures go out in their order with their alternative text. */
export const publishImageAlt: Check = async (trial) => {
  const { images } = trial.connector.manifest;
  if (!images) return 'absent';
  const account = await trial.account();
  const alts = Array.from({ length: Math.min(2, images.max) }, (_, at) => `Picture ${at}: ขนมปัง <b>&</b>`);
  const media = await Promise.all(alts.map((alt) => picture(alt)));
  const { shown } = await publish(trial, account, newPart({ media }));
  assert.deepEqual(shown.alts, alts);
  if (trial.connector.manifest.text.optionalWithMedia) {
    const [first] = media;
    assert.ok(first);
    const wordless = await publish(trial, account, newPart({ text: '', media: [{ ...first, alt: newWords() }] }));
    assert.equal(wordless.shown.text, '');
  }
  return 'pass';
};

/** A link becomes a card that leads there. */
export const publishLinkCard: Check = async (trial) => {
  if (!trial.connector.manifest.link?.card) return 'absent';
  const url = 'https://shop.example/menu?a=1&b=2';
  const card = { url, title: 'Menu <b>', description: 'Bread & more', image: await picture() };
  const { shown } = await publish(trial, await trial.account(), newPart({ link: card }));
  assert.equal(shown.link, url);
  await publish(trial, await trial.account(), newPart({ link: { ...card, image: null } }));
  return 'pass';
};

/** The parts of a thread hang together, each beneath the one before it or all beneath the first. */
export const thread: Check = async (trial) => {
  if (!trial.connector.manifest.thread) return 'absent';
  await forEachKind(trial, async (account) => {
    const before: SentPart[] = [];
    for (let part = 0; part < 3; part += 1) {
      const { sent, shown } = await publish(trial, account, newPart({ before: [...before] }));
      if (part === 0) assert.equal(shown.above, null);
      else assert.ok([before[0]?.remoteId, before[part - 1]?.remoteId].includes(shown.above ?? ''), 'It hangs loose.');
      before.push(keep(sent));
    }
  });
  return 'pass';
};

/** Our own first comment stands beneath the post itself, also when a thread goes on. */
export const firstComment: Check = async (trial) => {
  if (!trial.connector.manifest.firstComment) return 'absent';
  await forEachKind(trial, async (account) => {
    const post = await publish(trial, account, newPart());
    const second = await publish(trial, account, newPart({ before: [keep(post.sent)] }));
    const before = [keep(post.sent), keep(second.sent)];
    const comment = await publish(trial, account, newPart({ role: 'comment', before }));
    assert.equal(comment.shown.above, post.sent.remoteId);
  });
  return 'pass';
};

/** What a connector asked to remember comes back to it from the database. */
const keep = ({ remoteId, receipt }: SentPart): SentPart => JSON.parse(JSON.stringify({ remoteId, receipt }));

/** A post that the network works on before it is live is asked for, never sent again. */
export const stillProcessing: Check = async (trial: Trial) => {
  const { check } = trial.connector.publish;
  const { delayNext } = await trial.account();
  if (!check || !delayNext) {
    assert.equal(check !== undefined, delayNext !== undefined, 'check() exists and nothing tries it.');
    return 'absent';
  }
  await forEachKind(trial, async (account) => {
    await account.delayNext?.();
    const part = newPart();
    const call = callOf(trial, account);
    const prepared = await trial.connector.publish.prepare(call, part);
    assert.ok(prepared.ok);
    const sent = await trial.connector.publish.send(call, prepared.value, { beforeWrite: () => undefined });
    assertWellFormed('send', sent);
    assert.ok(!sent.ok && sent.fault.kind === 'still-processing' && sent.fault.reached === 'unknown');
    const { token } = sent.fault;
    for (let asked = 0; ; asked += 1) {
      const outcome: Outcome<Sent, Fault> = await check(call, token);
      assertWellFormed('check', outcome);
      if (outcome.ok) break;
      assert.equal(outcome.fault.kind, 'still-processing');
      assert.ok(asked < 20, 'It never becomes live.');
    }
    assert.equal((await saying(account, part.text)).length, 1);
  });
  return 'pass';
};
