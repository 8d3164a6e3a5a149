import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault, SendFault } from '#connectors/kit/faults.ts';
import { type SimulatedLedger, simulateLedger } from './delivery-model.testing.ts';

/** What a person who sees nothing of the engine may count on. */
interface Model {
  words: string;
  isCancelled: boolean;
}

const RUNS = 10_000;
/** Another one each time; a run that failed is repeated by `GOALPOST_TEST_SEED`. */
const seed = Number(process.env['GOALPOST_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const said = '…';
const faults: Fault[] = [
  { kind: 'credential-rejected', said },
  { kind: 'rate-limited', retryAt: null, scope: 'call', said },
  { kind: 'content-rejected', field: 'text', reason: 'long', said },
  { kind: 'duplicate', existingId: null, said },
  { kind: 'temporarily-down', said },
  { kind: 'contract-broken', path: 'id', said },
];
const sendFaults: SendFault[] = faults.map((fault) => ({
  ...fault,
  reached: fault.kind === 'temporarily-down' ? 'unknown' : 'no',
}));

type Command = fc.Command<Model, SimulatedLedger>;

const command = (name: string, run: (model: Model, ledger: SimulatedLedger) => void): Command => ({
  check: () => true,
  run(model, ledger) {
    run(model, ledger);
    holdAlways(model, ledger);
  },
  toString: () => name,
});

/** What is true at every moment. */
function holdAlways(model: Model, { world }: SimulatedLedger): void {
  if (world.posts.length > 1) throw new Error(`there are two posts: ${world.posts.join(', ')}`);
  if (world.posts.some((words) => words !== model.words)) throw new Error('what is out is not what was said last');
  if (model.isCancelled && world.posts.length > 0) throw new Error('what was cancelled is out');
  if (world.state === 'published' && world.posts.length === 0) throw new Error('called published, and not there');
  if (world.state === 'held' && world.heldReason === null) throw new Error('held without a reason');
}

const nth = fc.constantFrom(0, 1);
const onWorker = (
  name: string,
  run: (ledger: SimulatedLedger, worker: SimulatedLedger['world']['workers'][0]) => void,
) =>
  nth.map((n) =>
    command(`${name} ${n}`, (_, ledger) => {
      const worker = ledger.world.workers[n];
      if (worker) run(ledger, worker);
    }),
  );

const often: fc.Arbitrary<Command>[] = [
  onWorker('claim', ({ acts }, worker) => acts.claim(worker)),
  onWorker('arm', ({ acts }, worker) => acts.arm(worker)),
  onWorker('write', ({ acts }, worker) => acts.write(worker)),
  onWorker('bring out', ({ acts }, worker) => {
    acts.claim(worker);
    acts.arm(worker);
    acts.write(worker);
  }),
  onWorker('arm and freeze', ({ acts }, worker) => {
    acts.claim(worker);
    acts.arm(worker);
    worker.isFrozen = true;
  }),
  onWorker('thaw and write', ({ acts }, worker) => {
    worker.isFrozen = false;
    acts.write(worker);
  }),
  onWorker('freeze', (_, worker) => Object.assign(worker, { isFrozen: true })),
  onWorker('thaw', (_, worker) => Object.assign(worker, { isFrozen: false })),
  onWorker('kill', (_, worker) =>
    Object.assign(worker, { isAlive: false, claim: null, armedMs: null, hasWritten: false }),
  ),
  onWorker('start', (_, worker) => Object.assign(worker, { isAlive: true, isFrozen: false })),
  fc.tuple(nth, fc.constantFrom(...faults)).map(([n, fault]) =>
    command(`fail preparing ${n} by ${fault.kind}`, (_, { acts, world }) => {
      const worker = world.workers[n];
      if (worker) acts.failPreparing(worker, fault);
    }),
  ),
  fc
    .constantFrom<'accept' | 'accept-and-lose' | 'lose' | SendFault>('accept', 'accept-and-lose', 'lose', ...sendFaults)
    .map((what) =>
      command(`arrive: ${typeof what === 'string' ? what : what.kind}`, (_, { acts }) => acts.arrive(what)),
    ),
  fc
    .constantFrom(500, 3_000, 9_000, 12_000, 45_000, 130_000)
    .map((ms) => command(`pass ${ms}`, (_, { acts }) => acts.pass(ms))),
  fc.constantFrom('v1', 'v2').map((words) =>
    command(`edit ${words}`, (model, { acts }) => {
      if (acts.edit(words)) model.words = words;
    }),
  ),
  fc.constant(command('a person decides', (_, { acts }) => acts.decide())),
  fc
    .boolean()
    .map((isHeldBack) =>
      command(isHeldBack ? 'pause all' : 'resume', (_, { world }) => Object.assign(world, { isHeldBack })),
    ),
];

const cancel: fc.Arbitrary<Command> = fc.constant(
  command('cancel', (model, { acts }) => {
    if (acts.cancel()) model.isCancelled = true;
  }),
);

/** Everything works again, nobody does anything more: what is still moving must come to its end. */
function comeToRest({ world, acts }: SimulatedLedger): void {
  world.isHeldBack = false;
  for (const worker of world.workers) Object.assign(worker, { isAlive: true, isFrozen: false });
  for (let n = 0; n < 200 && ['scheduled', 'claimed', 'armed', 'unconfirmed'].includes(world.state); n += 1) {
    for (const worker of world.workers) {
      acts.claim(worker);
      acts.arm(worker);
      acts.write(worker);
    }
    if (world.flights.length > 0) acts.arrive('accept');
    acts.pass(30_000);
    if (world.state === 'unconfirmed' && world.isTold) return;
  }
}

describe('a delivery, whatever workers, people, networks and time do', () => {
  it(`is out once or explained, in ten thousand histories (seed ${seed})`, () => {
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.commands([...often, ...often, ...often, ...often, cancel], { maxCommands: 60, size: 'max' }),
        (history) => {
          const model: Model = { words: 'v0', isCancelled: false };
          const ledger = simulateLedger();
          fc.modelRun(() => ({ model, real: ledger }), history);
          comeToRest(ledger);
          holdAlways(model, ledger);
          const { state, posts, fault, isTold } = ledger.world;
          ends.set(state, (ends.get(state) ?? 0) + 1);
          if (state === 'published') expect(posts).toEqual([model.words]);
          else expect(posts).toEqual([]);
          if (state === 'failed') expect(fault).not.toBeNull();
          if (state === 'unconfirmed') expect(isTold).toBe(true);
          expect(['published', 'failed', 'held', 'unconfirmed', 'cancelled']).toContain(state);
        },
      ),
      { numRuns: RUNS, seed },
    );
    process.stdout.write(`seed ${seed}: ${JSON.stringify(Object.fromEntries(ends))}\n`);
    // Were most of them to end in one way, little would have been tried.
    for (const state of ['published', 'failed', 'held', 'cancelled'])
      expect(ends.get(state), state).toBeGreaterThan(20);
  });
});
