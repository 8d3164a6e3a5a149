import assert from 'node:assert/strict';
import type { AccountCall } from '../../contract.ts';
import type { Fault, Outcome, SendFault } from '../../faults.ts';
import type { Check } from './check.ts';
import { type DocumentedFault, readDocumentedFaults } from './read-documented-faults.ts';
import { replaying, within } from './replay.ts';
import { assertWellFormed } from './result-shapes.ts';
import type { KnownError } from './subject.ts';
import { allowed, callOf, faultOf, newPart, prepare, publish, type Trial } from './trial.ts';

/** The instant of the calls that meet a known error: what a connector makes of a wait is counted from it. */
const now = new Date('2031-05-06T07:08:09Z');

/** Every row of the page's table of faults is what the connector makes of that answer, `reached` and all. */
export const everyKnownErrorMaps: Check = async (trial) => {
  const rows = readDocumentedFaults(trial.network);
  assert.ok(rows.length > 0, 'Its page has no table of faults.');
  const { knownErrors } = trial.open;
  const known = new Set(rows.map(({ row }) => row));
  for (const { row } of knownErrors) assert.ok(known.has(row), `Its page has no row “${row}”.`);
  for (const row of rows) {
    const errors = knownErrors.filter((error) => error.row === row.row);
    assert.ok(errors.length > 0, `Nothing tries the row “${row.row}”.`);
    for (const error of errors) assertMapped(row, error, await meet(trial, error));
    if (!row.hasExceptions) continue;
    const reached = new Set(errors.map(({ expect }) => expect?.['reached'] ?? row.reached));
    assert.deepEqual([...reached].sort(), ['no', 'unknown'], `Both cases of “${row.row}”.`);
  }
  return 'pass';
};

async function meet(trial: Trial, { from, during = 'send' }: KnownError): Promise<Fault | SendFault> {
  const account = await trial.account();
  if (typeof from === 'function') return faultOf(await from(callOf(trial, account, { now })));
  const run = await makeRun(trial, during);
  const http = within(replaying(trial.house.http, trial.hostile, [from]), 1_000);
  const outcome = await run(callOf(trial, account, { http, now }));
  assertWellFormed(during, outcome);
  return faultOf(outcome);
}

async function makeRun(
  trial: Trial,
  during: 'send' | 'correct',
): Promise<(call: AccountCall) => Promise<Outcome<unknown, Fault | SendFault>>> {
  const account = await trial.account();
  const { send, correct } = trial.connector.publish;
  if (during === 'send') {
    const prepared = await prepare(trial, account, newPart());
    return (call) => send(call, prepared, allowed);
  }
  assert.ok(correct, 'It cannot correct.');
  const { sent } = await publish(trial, account, newPart());
  return (call) => correct(call, sent.remoteId, newPart());
}

function assertMapped(row: DocumentedFault, { expect = {}, during }: KnownError, fault: Fault | SendFault): void {
  const seen = `“${row.row}” became ${JSON.stringify(fault)}`;
  assert.equal(fault.kind, expect['kind'] ?? row.kind, seen);
  const reached = expect['reached'] ?? row.reached;
  if (during === 'correct') assert.equal('reached' in fault, false, seen);
  else if (reached !== null && reached !== undefined) assert.ok('reached' in fault && fault.reached === reached, seen);
  for (const [name, value] of Object.entries(expect)) {
    const got = fault[name as keyof typeof fault] as unknown;
    if (name === 'waitSeconds') {
      assert.ok(fault.kind === 'rate-limited', seen);
      const waited = fault.retryAt && (fault.retryAt.getTime() - now.getTime()) / 1_000;
      assert.equal(waited, value, seen);
    } else assert.deepEqual(got, value, seen);
  }
}
