import assert from 'node:assert/strict';
import type { Sent } from '../../contract.ts';
import type { Fault, Outcome } from '../../faults.ts';
import { losingAnswers } from '../index.ts';
import type { Check } from './check.ts';
import { assertWellFormed } from './result-shapes.ts';
import {
  allowed,
  callOf,
  faultOf,
  forEachKind,
  forEachReconciled,
  must,
  newPart,
  newWords,
  prepare,
  publish,
  readLag,
  saying,
  type Trial,
  type TrialAccount,
} from './trial.ts';

/**
 * A send whose answer is lost is unknown, and what the manifest names finds the one post that it made: a read, or the
 * same send once more under its key. Where only a person can tell, nothing claims to know.
 */
export const lostAnswerReconciled: Check = async (trial) => {
  let isTried = false;
  await forEachReconciled(trial, async (account, { by }) => {
    const part = newPart();
    const prepared = await prepare(trial, account, part);
    const fault = faultOf(await sendAndLose(trial, account, prepared));
    assert.equal(fault.reached, 'unknown', JSON.stringify(fault));
    await readLag(trial, account);
    const { send, find } = trial.connector.publish;
    const again = by === 'repeat-with-key' ? must(await send(callOf(trial, account), prepared, allowed)) : null;
    const found = await find(callOf(trial, account), prepared);
    assertWellFormed('find', found);
    const look = must(found);
    const shown = await saying(account, part.text);
    assert.equal(shown.length, 1);
    if (by === 'person' || by === 'repeat-with-key') assert.deepEqual(look, { found: false, conclusive: false });
    else assert.ok(look.found && look.sent.remoteId === shown[0]?.remoteId, JSON.stringify(look));
    if (again) assert.equal(again.remoteId, shown[0]?.remoteId, 'The repeat made, or named, another post.');
    isTried ||= by !== 'person';
  });
  return isTried ? 'pass' : 'absent';
};

/** Lets the write through and loses what came back. */
function sendAndLose(trial: Trial, account: TrialAccount, prepared: Awaited<ReturnType<typeof prepare>>) {
  if (trial.hasWire) {
    const http = losingAnswers(trial.house.http, (request) => request.beforeWrite !== undefined);
    return trial.connector.publish.send(callOf(trial, account, { http }), prepared, allowed);
  }
  assert.ok(trial.open.losingAnswers, 'Without a line that can break the subject has to say what else can.');
  return trial.open.losingAnswers.publish.send(callOf(trial, account), prepared, allowed);
}

/** Where the network keeps keys of ours, a send repeated later and at once with itself makes one post. */
export const repeatIsHarmless: Check = async (trial) => {
  let isKeyed = false;
  await forEachReconciled(trial, async (account, { by }) => {
    const part = newPart();
    const prepared = await prepare(trial, account, part);
    if (by === 'repeat-with-key') assert.ok(prepared.key !== null, 'The manifest speaks of a key and there is none.');
    if (prepared.key === null) return;
    isKeyed = true;
    const send = () => trial.connector.publish.send(callOf(trial, account), prepared, allowed);
    const first = must(await send());
    for (const again of await Promise.all([send(), send(), send()])) assert.deepEqual(must(again), first);
    const together = await prepare(trial, account, newPart({ text: newWords('Together') }));
    const sends = [1, 2, 3].map(() => trial.connector.publish.send(callOf(trial, account), together, allowed));
    await Promise.all(sends);
    assert.equal((await saying(account, part.text)).length, 1);
    const shown = (await account.listPublic()).filter(({ text }) => text.startsWith('Together'));
    assert.equal(new Set(shown.map(({ text }) => text)).size, shown.length, 'Sends at once made several posts.');
  });
  return isKeyed ? 'pass' : 'absent';
};

/** What went out is found, as it was sent. */
export const findPresent: Check = async (trial) => {
  let isRead = false;
  await forEachReconciled(trial, async (account, { by }) => {
    if (by === 'person' || by === 'repeat-with-key') return;
    isRead = true;
    const { sent, prepared } = await publish(trial, account, newPart());
    await readLag(trial, account);
    const found = await trial.connector.publish.find(callOf(trial, account), prepared);
    assertWellFormed('find', found);
    assert.deepEqual(must(found), { found: true, sent });
  });
  return isRead ? 'pass' : 'absent';
};

/** What never went out is not found, and that proves as much as the manifest says. */
export const findAbsentConclusive: Check = async (trial) => {
  let isConclusive = false;
  await forEachReconciled(trial, async (account, { absenceIsConclusive }) => {
    const prepared = await prepare(trial, account, newPart());
    await readLag(trial, account);
    const found = await trial.connector.publish.find(callOf(trial, account), prepared);
    assertWellFormed('find', found);
    assert.deepEqual(must(found), { found: false, conclusive: absenceIsConclusive });
    isConclusive ||= absenceIsConclusive;
  });
  return isConclusive ? 'pass' : 'absent';
};

/** A post that is taken down is gone, with nothing else. */
export const remove: Check = async (trial) => {
  const { remove: takeDown } = trial.connector.publish;
  if (!takeDown) return 'absent';
  await forEachKind(trial, async (account) => {
    const [goes, stays] = [await publish(trial, account, newPart()), await publish(trial, account, newPart())];
    const outcome = await takeDown(callOf(trial, account), goes.sent.remoteId);
    assertWellFormed('remove', outcome);
    must(outcome);
    assert.deepEqual(await saying(account, goes.shown.text), []);
    assert.equal((await saying(account, stays.shown.text)).length, 1);
  });
  return 'pass';
};

/** Taking down what is gone already succeeds. */
export const removeTwice: Check = async (trial) => {
  const { remove: takeDown } = trial.connector.publish;
  if (!takeDown) return 'absent';
  await forEachKind(trial, async (account) => {
    const { sent } = await publish(trial, account, newPart());
    for (let times = 0; times < 3; times += 1) must(await takeDown(callOf(trial, account), sent.remoteId));
  });
  return 'pass';
};

/** A post says other words at the same address; the same again changes nothing; what is gone is told as `gone`. */
export const correct: Check = async (trial) => {
  const { correct: change, remove: takeDown } = trial.connector.publish;
  if (!change) return 'absent';
  await forEachKind(trial, async (account) => {
    const { sent, shown } = await publish(trial, account, newPart());
    const part = newPart({ text: newWords('Corrected <i>') });
    for (let times = 0; times < 2; times += 1) {
      const outcome: Outcome<Sent, Fault> = await change(callOf(trial, account), sent.remoteId, part);
      assertWellFormed('correct', outcome);
      const corrected: Sent = must(outcome);
      assert.deepEqual([corrected.remoteId, corrected.address], [sent.remoteId, sent.address]);
    }
    assert.deepEqual(await saying(account, shown.text), []);
    assert.deepEqual(
      (await saying(account, part.text)).map(({ remoteId }) => remoteId),
      [sent.remoteId],
    );
    if (!takeDown) return;
    must(await takeDown(callOf(trial, account), sent.remoteId));
    const fault = faultOf(await change(callOf(trial, account), sent.remoteId, part));
    assert.ok(fault.kind === 'content-rejected' && fault.field === 'gone', JSON.stringify(fault));
    assert.deepEqual(await saying(account, part.text), []);
  });
  return 'pass';
};
