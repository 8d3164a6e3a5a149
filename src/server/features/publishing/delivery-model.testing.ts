import type { Fault, SendFault } from '#connectors/kit/faults.ts';
import type { DeliveryState } from '#contract/deliveries.ts';
import {
  assertMove,
  type Cause,
  isOnItsWay,
  LEASE_MS,
  LOOK_AFTER_MS,
  mayMove,
  proofTakesMs,
  RENEW_MS,
  SEND_DEADLINE_MS,
  SEND_TIMEOUT_MS,
} from './delivery-states.rules.ts';
import { type Decision, decidePreparing, decideSending } from './fault-decision.rules.ts';

const READ_LAG_MS = 1_000;
const GRACE_MS = 60 * 60_000;

interface Worker {
  isAlive: boolean;
  isFrozen: boolean;
  /** Fence and words of what it has claimed, as far as it knows. */
  claim: { fence: number; words: string } | null;
  armedMs: number | null;
  /** Its first byte is out; it never writes twice. */
  hasWritten: boolean;
}

/** A send, from its first byte until the network has taken it or it is lost. */
interface Flight {
  words: string;
  fence: number;
  worker: Worker;
  endsMs: number;
}

/**
 * One delivery to a network without keys, two workers, people and time: everything that the rules decide they decide
 * here. For tests; the clock is moved by hand.
 */
export function simulateLedger() {
  const workers: Worker[] = [newWorker(), newWorker()];
  const world = {
    nowMs: 0,
    state: 'scheduled' as DeliveryState,
    words: 'v0',
    fence: 0,
    leaseMs: 0,
    notBeforeMs: 0,
    heldReason: null as string | null,
    fault: null as string | null,
    tries: 0,
    looks: 0,
    nextLookMs: null as number | null,
    armedAtMs: 0,
    isTold: false,
    isHeldBack: false,
    flights: [] as Flight[],
    posts: [] as string[],
    workers,
  };
  const move = (to: DeliveryState, cause: Cause) => {
    assertMove(world.state, to, cause);
    world.state = to;
    world.fence += 1;
  };
  const ground = () => ({
    now: new Date(world.nowMs),
    dueAt: new Date(0),
    graceMs: GRACE_MS,
    tries: world.tries,
    jitter: 0.5,
  });
  const follow = (decision: Decision, cause: 'decide' | 'settle') => {
    if (decision.do === 'hold') {
      move('held', cause);
      world.heldReason = decision.reason;
    } else if (decision.do === 'later') {
      move('scheduled', cause);
      world.notBeforeMs = decision.notBefore.getTime();
    } else if (decision.do === 'fail') move('failed', cause);
    else unsure(cause);
  };
  const unsure = (cause: Cause) => {
    move('unconfirmed', cause);
    Object.assign(world, { looks: 0, nextLookMs: world.nowMs + LOOK_AFTER_MS[0], isTold: false });
  };
  const isIts = ({ claim }: Worker, state: DeliveryState) => world.state === state && claim?.fence === world.fence;
  const letGo = (worker: Worker) => Object.assign(worker, { claim: null, armedMs: null, hasWritten: false });

  const acts = {
    claim(worker: Worker) {
      if (!canWork(worker) || worker.claim || !mayMove(world.state, 'claimed', 'claim')) return;
      if (world.isHeldBack || world.notBeforeMs > world.nowMs) return;
      move('claimed', 'claim');
      world.leaseMs = world.nowMs + LEASE_MS;
      worker.claim = { fence: world.fence, words: world.words };
    },
    failPreparing(worker: Worker, fault: Fault) {
      if (!canWork(worker) || worker.armedMs !== null) return;
      if (isIts(worker, 'claimed')) {
        world.tries += 1;
        world.fault = fault.kind;
        follow(decidePreparing(fault, ground()), 'decide');
      }
      letGo(worker);
    },
    arm(worker: Worker) {
      if (!canWork(worker) || !worker.claim || worker.armedMs !== null) return;
      if (!isIts(worker, 'claimed') || world.isHeldBack) return void letGo(worker);
      assertMove('claimed', 'armed', 'arm');
      Object.assign(world, { state: 'armed', leaseMs: world.nowMs + LEASE_MS, armedAtMs: world.nowMs });
      world.tries += 1;
      worker.armedMs = world.nowMs;
    },
    /** The first byte goes out, unless it is too late for it. */
    write(worker: Worker) {
      if (!canWork(worker) || worker.armedMs === null || !worker.claim || worker.hasWritten) return;
      const { fence, words } = worker.claim;
      if (world.nowMs - worker.armedMs > SEND_DEADLINE_MS) {
        if (isIts(worker, 'armed')) follow(decideSending(notReached, ground()), 'settle');
        return void letGo(worker);
      }
      worker.hasWritten = true;
      world.flights.push({ words, fence, worker, endsMs: worker.armedMs + SEND_TIMEOUT_MS });
    },
    /** The network does something with what is on its way, and the sender learns it or does not. */
    arrive(what: 'accept' | 'accept-and-lose' | 'lose' | SendFault) {
      const flight = world.flights.shift();
      if (!flight) return;
      if (what === 'accept' || what === 'accept-and-lose') world.posts.push(flight.words);
      const { worker } = flight;
      if (!canWork(worker) || worker.claim?.fence !== flight.fence) return;
      if (what === 'accept') {
        if (world.state === 'unconfirmed' || isIts(worker, 'armed')) move('published', 'settle');
      } else if (isIts(worker, 'armed')) {
        const fault = typeof what === 'object' ? what : lost;
        world.fault = fault.kind;
        follow(decideSending(fault, ground()), 'settle');
      }
      letGo(worker);
    },
    edit(words: string): boolean {
      if (isOnItsWay(world.state) || !['scheduled', 'claimed', 'held'].includes(world.state)) return false;
      if (world.state === 'claimed') move('scheduled', 'person');
      world.words = words;
      world.fence += 1;
      return true;
    },
    cancel(): boolean {
      if (!mayMove(world.state, 'cancelled', 'person')) return false;
      move('cancelled', 'person');
      return true;
    },
    decide() {
      if (world.state === 'failed' || world.state === 'held') {
        move('scheduled', 'person');
        Object.assign(world, { notBeforeMs: world.nowMs, heldReason: null, tries: 0 });
      }
      // A person who is asked looks before answering, and the network's page does not lie.
      if (world.state === 'unconfirmed' && world.isTold) {
        move(world.posts.length > 0 ? 'published' : 'scheduled', 'person');
        world.notBeforeMs = world.nowMs;
      }
    },
    /** Time goes by, with all that it does: leases are renewed and run out, sends end, open outcomes are looked at. */
    pass(ms: number) {
      for (const end = world.nowMs + ms; world.nowMs < end; ) {
        world.nowMs = Math.min(end, world.nowMs + RENEW_MS);
        for (const worker of workers.filter(canWork)) {
          if (worker.hasWritten && !isFlying(worker)) {
            // The answer came while it was frozen, or never did.
            if (isIts(worker, 'armed')) follow(decideSending(lost, ground()), 'settle');
            letGo(worker);
          } else if (isIts(worker, 'claimed') || isIts(worker, 'armed')) world.leaseMs = world.nowMs + LEASE_MS;
          else if (worker.claim && !isFlying(worker)) letGo(worker);
        }
        for (const flight of world.flights.filter(({ endsMs }) => endsMs < world.nowMs)) {
          world.flights.splice(world.flights.indexOf(flight), 1);
          if (canWork(flight.worker) && isIts(flight.worker, 'armed')) follow(decideSending(lost, ground()), 'settle');
          if (flight.worker.claim?.fence === flight.fence) letGo(flight.worker);
        }
        sweep();
        if (workers.some(canWork) && world.nextLookMs !== null && world.nextLookMs <= world.nowMs) look();
      }
    },
  };

  function sweep() {
    const isOut = world.leaseMs < world.nowMs;
    if (world.state === 'claimed' && isOut) move('scheduled', 'lease-out');
    else if (world.state === 'armed' && isOut) unsure('vanish');
    else if (world.state === 'scheduled' && (world.isHeldBack || world.nowMs > GRACE_MS)) {
      move('held', 'sweep');
      world.heldReason = world.isHeldBack ? 'crisis' : 'late';
    }
  }

  function look() {
    if (world.state !== 'unconfirmed') return;
    if (world.posts.length > 0) move('published', 'look');
    else if (world.nowMs >= world.armedAtMs + proofTakesMs(READ_LAG_MS)) {
      move('scheduled', 'look');
      world.notBeforeMs = world.nowMs;
    } else {
      const next = LOOK_AFTER_MS[world.looks + 1];
      world.nextLookMs = next === undefined ? null : world.nowMs + next - (LOOK_AFTER_MS[world.looks] ?? 0);
      world.isTold = next === undefined;
      world.looks += 1;
    }
  }

  function isFlying(worker: Worker): boolean {
    return world.flights.some((flight) => flight.worker === worker);
  }

  return { world, acts };
}

export type SimulatedLedger = ReturnType<typeof simulateLedger>;

const newWorker = (): Worker => ({ isAlive: true, isFrozen: false, claim: null, armedMs: null, hasWritten: false });
const canWork = ({ isAlive, isFrozen }: Worker): boolean => isAlive && !isFrozen;
const notReached: SendFault = { kind: 'temporarily-down', said: 'the send deadline has passed', reached: 'no' };
const lost: SendFault = { kind: 'outcome-unknown', said: 'no answer', reached: 'unknown' };
