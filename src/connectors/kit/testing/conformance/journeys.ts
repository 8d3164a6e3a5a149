import assert from 'node:assert/strict';
import type { AccountCall, Renewed } from '../../contract.ts';
import type { Fault, Outcome } from '../../faults.ts';
import type { Http } from '../../http.ts';
import { type Recorded, recording } from './replay.ts';
import type { CallName } from './result-shapes.ts';
import {
  allowed,
  callOf,
  must,
  newPart,
  newWords,
  picture,
  prepare,
  publish,
  type Trial,
  type TrialAccount,
} from './trial.ts';

/** One call of the connector as the real server answered it, to be made again with other answers. */
export interface Journey {
  name: CallName;
  /** What tells it from others of the same call. */
  about: string;
  run(call: AccountCall): Promise<Outcome<unknown, Fault>>;
  account: TrialAccount;
  exchanges: Recorded[];
}

const recorded = new WeakMap<Trial, Promise<Journey[]>>();

/** Every call that a connector has, made once with the real server for each kind of account. Made once for a trial. */
export function recordJourneys(trial: Trial): Promise<Journey[]> {
  const known = recorded.get(trial) ?? recordAll(trial);
  recorded.set(trial, known);
  return known;
}

async function recordAll(trial: Trial): Promise<Journey[]> {
  const journeys: Journey[] = [];
  for (const kind of trial.open.kinds) journeys.push(...(await record(trial, await trial.account(kind), kind)));
  return journeys;
}

async function record(trial: Trial, account: TrialAccount, kind: string): Promise<Journey[]> {
  const { connector } = trial;
  const { auth, insights, publish: publishing } = connector;
  const { entry } = account;
  const journeys: Journey[] = [];
  const take = async (name: CallName, about: string, run: Journey['run'], http: Http = trial.house.http) => {
    const real = recording(http);
    const outcome = await run(callOf(trial, account, { http: real }));
    journeys.push({ name, about: `${about}, ${kind}`, run, account, exchanges: real.exchanges });
    return outcome;
  };
  if (auth.kind === 'form') {
    assert.ok('values' in entry);
    must(await take('connect', 'signing in', (call) => auth.connect(call, entry.values)));
    const { refresh } = auth;
    if (refresh) {
      const renewed = await take('refresh', 'renewing', (call) => refresh(call));
      assert.ok(renewed.ok);
      account.connected = { ...account.connected, ...(renewed.value as Renewed) };
    }
  }
  const liked = await publish(trial, account, newPart());
  await account.engage(liked.sent.remoteId, { name: 'Clara', text: newWords('Nice') });
  const gone = await publish(trial, account, newPart());
  const image = await picture();
  const pictured = newPart({ media: connector.manifest.images ? [image] : [] });
  const linked = newPart({ text: newWords(`Thanks @${account.connected.account.handle} #bread`) });
  must(await take('prepare', 'a picture', (call) => publishing.prepare(call, pictured)));
  must(await take('prepare', 'a mention', (call) => publishing.prepare(call, linked)));
  const send = await prepare(trial, account, newPart());
  must(await take('send', 'sending', (call) => publishing.send(call, send, allowed)));
  must(await take('find', 'looking', (call) => publishing.find(call, send)));
  const { correct, remove } = publishing;
  const correction = newPart();
  if (correct) must(await take('correct', 'correcting', (call) => correct(call, liked.sent.remoteId, correction)));
  if (remove) must(await take('remove', 'taking down', (call) => remove(call, gone.sent.remoteId)));
  if (insights) {
    const { engagements } = insights;
    must(await take('posts', 'figures', (call) => insights.posts(call, [liked.sent.remoteId])));
    must(await take('account', 'figures', (call) => insights.account(call)));
    if (engagements) {
      must(await take('engagements', 'who did what', (call) => engagements(call, liked.sent.remoteId, 10)));
    }
  }
  return journeys;
}
