import assert from 'node:assert/strict';
import type { Check } from './check.ts';
import { answering, type HostileAnswer } from './hostile-server.ts';
import { type Journey, recordJourneys } from './journeys.ts';
import { counting, replaying, within } from './replay.ts';
import { assertWellFormed } from './result-shapes.ts';
import { allowed, callOf, faultOf, forEachKind, must, newPart, prepare, saying, type Trial } from './trial.ts';
import { losesNothing, watchClock } from './watch.ts';

/** A server that says nothing, or a byte now and then, is given up; a send to it is unknown. */
export const slowAnswerTimesOut: Check = async (trial) => {
  if (!trial.hasWire) return 'absent';
  const journeys = (await recordJourneys(trial)).filter(({ exchanges }) => exchanges.length > 0);
  for (const { name, exchanges } of journeys) {
    const longestMs = Math.max(...exchanges.map(({ request }) => request.timeoutMs ?? 0));
    assert.ok(longestMs <= 60_000, `${name} waits longer than a minute.`);
  }
  const slow: HostileAnswer[] = [{ kind: 'silent' }, { kind: 'dripping' }];
  await Promise.all(journeys.flatMap((journey) => slow.map((answer) => waitInVain(trial, journey, answer))));
  return 'pass';
};

async function waitInVain(trial: Trial, { name, account, run }: Journey, answer: HostileAnswer): Promise<void> {
  const http = within(replaying(trial.house.http, trial.hostile, [answer]), 200);
  const startedAt = performance.now();
  const outcome = await run(callOf(trial, account, { http }));
  assert.ok(performance.now() - startedAt < 10_000, `${name} waited on.`);
  assertWellFormed(name, outcome);
  const { kind, ...fault } = faultOf(outcome);
  assert.ok(kind === 'temporarily-down' || kind === 'outcome-unknown', `${name}: ${kind}`);
  if (name === 'send') assert.ok('reached' in fault && fault.reached === 'unknown');
}

/** An attempt that may no longer send writes nothing and says so; only the one write asks whether it may. */
export const deadlineGuard: Check = async (trial) => {
  await forEachKind(trial, async (account) => {
    const part = newPart();
    const http = counting(trial.house.http);
    const prepared = must(await trial.connector.publish.prepare(callOf(trial, account, { http }), part));
    must(await trial.connector.publish.find(callOf(trial, account, { http }), prepared));
    assert.ok(
      http.asked.every(({ beforeWrite }) => beforeWrite === undefined),
      'Preparing or looking asked for leave to publish.',
    );
    let asked = 0;
    const late = {
      beforeWrite: () => {
        asked += 1;
        throw new Error('Too late');
      },
    };
    const outcome = await trial.connector.publish.send(callOf(trial, account), prepared, late);
    assertWellFormed('send', outcome);
    const fault = faultOf(outcome);
    assert.equal(fault.reached, 'no', JSON.stringify(fault));
    assert.equal(asked, 1, `The guard was asked ${asked} times.`);
    assert.deepEqual(await saying(account, part.text), [], 'It was sent all the same.');
    must(await trial.connector.publish.send(callOf(trial, account), prepared, allowed));
    assert.equal((await saying(account, part.text)).length, 1);
  });
  return 'pass';
};

/** A call that was ended asks nobody any more, and one that waits comes back at once. */
export const abortSignalHonoured: Check = async (trial) => {
  const account = await trial.account();
  const part = newPart();
  const prepared = await prepare(trial, account, part);
  const ended = { signal: AbortSignal.abort() };
  const fault = faultOf(await trial.connector.publish.send(callOf(trial, account, ended), prepared, allowed));
  assert.equal(fault.reached, 'no', JSON.stringify(fault));
  assert.deepEqual(await saying(account, part.text), []);
  if (!trial.hasWire) return 'pass';
  for (const journey of await recordJourneys(trial)) {
    if (journey.exchanges.length === 0) continue;
    const ending = new AbortController();
    const http = replaying(trial.house.http, trial.hostile, [{ kind: 'silent' }]);
    const running = journey.run(callOf(trial, journey.account, { http, signal: ending.signal }));
    setTimeout(() => ending.abort(), 60);
    const startedAt = performance.now();
    const outcome = await running;
    assert.ok(performance.now() - startedAt < 2_000, `${journey.name} waited on.`);
    assertWellFormed(journey.name, outcome);
    const stopped = faultOf(outcome);
    if (journey.name === 'send') assert.ok('reached' in stopped && stopped.reached === 'unknown');
    assert.equal(http.asked.length, 1, `${journey.name} went on asking.`);
  }
  return 'pass';
};

/**
 * Nothing that opens the account stands in a line of the log, at any level, or in an address that is asked; nor, after
 * the house took out what it knows, in a fault. Also when the network repeats in its errors what it was told.
 */
export const secretsNeverLogged: Check = async (trial) => {
  const account = await trial.account();
  const { entry } = account;
  const passwords = 'values' in entry ? passwordsOf(trial, entry.values) : [];
  if (trial.connector.auth.kind === 'own') {
    await losesNothing(trial, [], async (log) => {
      must(await trial.connector.publish.prepare(callOf(trial, account, { log }), newPart()));
    });
    return 'absent';
  }
  for (const journey of await recordJourneys(trial)) {
    const secrets = [...passwords, ...secretsOf(trial, journey.account.connected.credential)];
    assert.ok(secrets.length >= 2, 'There is no secret to look for.');
    await losesNothing(trial, secrets, async (log) => {
      const http = replaying(
        trial.house.http,
        trial.hostile,
        journey.exchanges.map(({ answer }) => answer),
      );
      await journey.run(callOf(trial, journey.account, { http, log }));
    });
    for (const answer of echoes(secrets)) {
      await losesNothing(trial, secrets, async (log) => {
        const http = replaying(trial.house.http, trial.hostile, [answer]);
        const outcome = await journey.run(callOf(trial, journey.account, { http, log }));
        assertWellFormed(journey.name, outcome);
        for (const { url } of http.asked) assertFree(url, secrets, `${journey.name} asks by an address`);
        if (outcome.ok) return;
        const kept = trial.house.hideSecrets(outcome.fault, secrets);
        assertFree(JSON.stringify(kept), secrets, `${journey.name} says in its fault`);
      });
    }
  }
  return 'pass';
};

/** Answers that repeat what the server was told, in the forms that errors take. */
function echoes(secrets: string[]): HostileAnswer[] {
  return secrets.flatMap((secret) =>
    [400, 401, 403, 404, 409, 422, 429, 500, 200, 302].map((status) => {
      const body = {
        error: `Invalid ${secret}`,
        message: `You sent ${secret}`,
        field: secret,
        reason: `because ${secret}`,
        permission: secret,
        scope: secret,
      };
      return answering(status, body, { location: 'https://elsewhere.example/' });
    }),
  );
}

/** What opens the account: long values of the credential that its public face does not show. */
function secretsOf(trial: Trial, credential: unknown): string[] {
  const open = JSON.stringify(trial.connector.manifest);
  const values: string[] = [];
  JSON.stringify(credential, (_key, value: unknown) => {
    if (typeof value === 'string') values.push(value);
    return value;
  });
  return values.filter((value) => value.length >= 20 && !/^(https?:|did:)/.test(value) && !open.includes(value));
}

const passwordsOf = ({ connector: { manifest } }: Trial, values: Record<string, string>): string[] =>
  manifest.connect.kind === 'own'
    ? []
    : manifest.connect.fields.filter(({ input }) => input === 'password').map(({ name }) => values[name] ?? '');

function assertFree(text: string, secrets: string[], where: string): void {
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret)]) assert.ok(!text.includes(form), `${where}: a secret.`);
  }
}

/** What time it is, the connector knows from the call: it looks at no clock of its own. */
export const clockFromCall: Check = async (trial) => {
  const account = await trial.account();
  const part = newPart();
  const journeys = trial.hasWire ? await recordJourneys(trial) : [];
  const clock = watchClock(trial.network);
  try {
    if (!trial.hasWire) must(await trial.connector.publish.prepare(callOf(trial, account), part));
    for (const journey of journeys) {
      const script = journey.exchanges.map(({ answer }) => answer);
      await journey.run(callOf(trial, journey.account, { http: replaying(trial.house.http, trial.hostile, script) }));
      for (const status of [401, 429, 500]) {
        const answer = answering(status, {}, { 'retry-after': '60' });
        await journey.run(
          callOf(trial, journey.account, { http: replaying(trial.house.http, trial.hostile, [answer]) }),
        );
      }
    }
  } finally {
    clock.stop();
  }
  assert.deepEqual(clock.seen, [], 'It looked at a clock.');
  return 'pass';
};
