import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Outcome } from '../../faults.ts';
import type { Check } from './check.ts';
import type { HostileAnswer } from './hostile-server.ts';
import { type Journey, recordJourneys } from './journeys.ts';
import { deepNesting, parse, wrongTypes } from './mutate-answer.ts';
import { replaying } from './replay.ts';
import { assertWellFormed } from './result-shapes.ts';
import { callOf, type Trial } from './trial.ts';

/** A hostile answer in place of a good one. `isWhole`: nothing that was asked for is left in it. */
interface Twist {
  name: string;
  answer: HostileAnswer;
  isWhole: boolean;
}

/** Answers of other types than were promised. */
export const hostileWrongTypes: Check = (trial) =>
  twistEverything(trial, (answer) =>
    wrongTypes(String(answer.body), 60).map(({ name, body, isWhole }) => ({
      name,
      isWhole,
      answer: { ...answer, body },
    })),
  );

/** JSON so deep that a careless reader runs out of stack. */
export const hostileDeepNesting: Check = (trial) =>
  twistEverything(trial, (answer) =>
    [200, 400].flatMap((status) =>
      deepNesting(String(answer.body)).map(({ name, body, isWhole }) => ({
        name: `${name}, status ${status}`,
        isWhole,
        answer: { ...answer, status: status === 200 ? answer.status : status, body },
      })),
    ),
  );

/** Answers that end in the middle: by what they announced, and by a line that breaks. */
export const hostileTruncated: Check = (trial) =>
  twistEverything(trial, ({ status, body, ...answer }) => {
    const text = String(body);
    const cuts = [Math.floor(text.length / 2), text.length - 1, 1].filter((at) => at > 0 && at < text.length);
    return [
      { name: 'a broken line', isWhole: true, answer: { kind: 'broken-off', status, body: `${text}          ` } },
      { name: 'a closed line', isWhole: true, answer: { kind: 'closed' } },
      ...cuts.map((at) => ({
        name: `${at} of ${text.length} characters`,
        // A part of a JSON object is none.
        isWhole: parse(text.slice(0, at)) === undefined,
        answer: { ...answer, status, body: text.slice(0, at) },
      })),
    ];
  });

const hugeBytes = 50 * 2 ** 20;

/** Fifty megabytes: they are let go long before they have all arrived, also those that come packed small. */
export const hostile50MB: Check = async (trial) => {
  if (!trial.hasWire) return 'absent';
  await twistEverything(trial, () => [
    { name: '50 MB', isWhole: true, answer: { kind: 'huge', sizeBytes: hugeBytes } },
    { name: '50 MB in a small package', isWhole: true, answer: { kind: 'huge', sizeBytes: hugeBytes, packed: true } },
  ]);
  // Until the server has seen the last line closed.
  await sleep(100);
  const letCome = trial.hostile.mostSentBytes;
  assert.ok(letCome < hugeBytes / 2, `${Math.round(letCome / 2 ** 20)} MB of one answer were let come.`);
  return 'pass';
};

/**
 * Makes every call again with each of its answers twisted in turn. Nothing may throw, take long, or come back in a shape
 * that the contract does not know; and nothing may follow from an answer that says nothing.
 */
async function twistEverything(
  trial: Trial,
  twistsOf: (answer: HostileAnswer & { kind: 'answer' }) => Twist[],
): Promise<'pass' | 'absent'> {
  if (!trial.hasWire) return 'absent';
  for (const journey of await recordJourneys(trial)) {
    for (const [at, { answer }] of journey.exchanges.entries()) {
      for (const twist of twistsOf(answer)) {
        const script = journey.exchanges.map(
          ({ answer: good }, index): HostileAnswer => (index === at ? twist.answer : good),
        );
        // What a twisted answer made the connector ask beyond that is answered the same way.
        script.push(twist.answer);
        const http = replaying(trial.house.http, trial.hostile, script);
        const where = `${journey.name} (${journey.about}), answer ${at + 1}: ${twist.name}`;
        const startedAt = performance.now();
        try {
          const outcome = await journey.run(callOf(trial, journey.account, { http }));
          assertWellFormed(journey.name, outcome);
          assertNothingFollows(journey, outcome, { twist, isFirst: at === 0 });
        } catch (error) {
          throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`);
        }
        assert.ok(performance.now() - startedAt < 10_000, `${where}: it took more than ten seconds.`);
        assert.deepEqual(Object.keys(Object.prototype), [], `${where}: the prototype of all objects was changed.`);
      }
    }
  }
  return 'pass';
}

function assertNothingFollows(
  { name }: Journey,
  outcome: Outcome<unknown, Fault>,
  { twist, isFirst }: { twist: Twist; isFirst: boolean },
): void {
  if (!twist.isWhole) return;
  const shown = JSON.stringify(outcome).slice(0, 300);
  if (name === 'send') {
    assert.ok(!outcome.ok, `It became a sent post: ${shown}`);
    const isRefusal = twist.answer.kind === 'answer' && twist.answer.status >= 400 && twist.answer.status < 500;
    if (!isRefusal) assert.ok('reached' in outcome.fault && outcome.fault.reached === 'unknown', shown);
  }
  if (['connect', 'refresh', 'correct'].includes(name) && isFirst) assert.ok(!outcome.ok, `It was believed: ${shown}`);
  if (name === 'find' && outcome.ok) {
    const { found, conclusive } = asObject(outcome.value);
    assert.ok(found === false && conclusive !== true, `It was believed: ${shown}`);
  }
  if (['posts', 'account'].includes(name))
    assert.ok(!/"state":"(value|gone)"/.test(shown), `It became a figure: ${shown}`);
  if (name === 'engagements' && isFirst && outcome.ok) assert.ok(Array.isArray(outcome.value), shown);
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
