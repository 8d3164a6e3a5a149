import { describe, expect, it } from 'vitest';
import { mayMove } from './delivery-states.rules.ts';

/**
 * An exhaustive search over the ledger's ways with two workers that may freeze anywhere, on a network without keys.
 * Time is counted in steps of the rules: a send may start until its deadline, may land until its time-out, and a read
 * proves absence only after both.
 */
interface World {
  state: 'scheduled' | 'claimed' | 'armed' | 'unconfirmed' | 'published';
  fence: number;
  leaseOut: boolean;
  /** Sends that were armed: by whom, still to be written or on the wire. */
  flights: { fence: number; phase: 'to-write' | 'on-wire' | 'done'; deadlinePassed: boolean; timedOut: boolean }[];
  posts: number;
}

interface Rules {
  /** A late sender checks the deadline and that its attempt is current, in the tick of the write. */
  guardWrites: boolean;
  /** A read proves absence only when deadline and time-out of every flight have passed. */
  waitForProof: boolean;
}

const key = (world: World) => JSON.stringify(world);
const copy = (world: World): World => structuredClone(world);

function* steps(world: World, rules: Rules): Generator<[string, World]> {
  const change = (name: string, edit: (next: World) => void): [string, World] => {
    const next = copy(world);
    edit(next);
    return [name, next];
  };
  if (world.state === 'scheduled' && world.fence < 3 && mayMove('scheduled', 'claimed', 'claim')) {
    yield change('claim', (w) => Object.assign(w, { state: 'claimed', fence: w.fence + 1, leaseOut: false }));
  }
  if ((world.state === 'claimed' || world.state === 'armed') && !world.leaseOut)
    yield change('lease out', (w) => Object.assign(w, { leaseOut: true }));
  if (world.state === 'claimed' && world.leaseOut && mayMove('claimed', 'scheduled', 'lease-out'))
    yield change('sweep claim', (w) => Object.assign(w, { state: 'scheduled' }));
  if (world.state === 'claimed' && mayMove('claimed', 'armed', 'arm')) {
    yield change('arm', (w) => {
      w.state = 'armed';
      w.flights.push({ fence: w.fence, phase: 'to-write', deadlinePassed: false, timedOut: false });
    });
  }
  if (world.state === 'armed' && world.leaseOut && mayMove('armed', 'unconfirmed', 'vanish'))
    yield change('vanish', (w) => Object.assign(w, { state: 'unconfirmed' }));
  for (const [index, flight] of world.flights.entries()) {
    const on = (edit: (f: World['flights'][number], w: World) => void) => (w: World) => {
      const mine = w.flights[index];
      if (mine) edit(mine, w);
    };
    if (!flight.deadlinePassed)
      yield change(
        `deadline ${index}`,
        on((f) => Object.assign(f, { deadlinePassed: true })),
      );
    if (flight.deadlinePassed && !flight.timedOut) {
      yield change(
        `time-out ${index}`,
        on((f) => Object.assign(f, { timedOut: true, phase: f.phase === 'on-wire' ? 'done' : f.phase })),
      );
    }
    const mayWrite = !rules.guardWrites || !flight.deadlinePassed;
    if (flight.phase === 'to-write' && mayWrite)
      yield change(
        `write ${index}`,
        on((f) => Object.assign(f, { phase: 'on-wire' })),
      );
    if (flight.phase === 'on-wire') {
      yield change(
        `land ${index}`,
        on((f, w) => {
          f.phase = 'done';
          w.posts += 1;
        }),
      );
      yield change(
        `lost ${index}`,
        on((f) => Object.assign(f, { phase: 'done' })),
      );
    }
  }
  if (world.state === 'unconfirmed') {
    if (world.posts > 0) yield change('found', (w) => Object.assign(w, { state: 'published' }));
    else if (mayMove('unconfirmed', 'scheduled', 'look')) {
      const proven = !rules.waitForProof || world.flights.every((flight) => flight.timedOut);
      if (proven) yield change('absent', (w) => Object.assign(w, { state: 'scheduled' }));
    }
  }
  if (world.state === 'armed' && world.posts > 0)
    yield change('settle', (w) => Object.assign(w, { state: 'published' }));
}

function findDouble(rules: Rules): string[] | null {
  const first: World = { state: 'scheduled', fence: 0, leaseOut: false, flights: [], posts: 0 };
  const seen = new Set([key(first)]);
  let front: [World, string[]][] = [[first, []]];
  while (front.length > 0) {
    const next: [World, string[]][] = [];
    for (const [world, path] of front) {
      if (world.posts > 1) return path;
      for (const [name, after] of steps(world, rules)) {
        const id = key(after);
        if (seen.has(id)) continue;
        seen.add(id);
        next.push([after, [...path, name]]);
      }
    }
    front = next;
  }
  return null;
}

describe('the ledger over all orders of events', () => {
  it('never makes two posts of one delivery', () => {
    expect(findDouble({ guardWrites: true, waitForProof: true })).toBeNull();
  });

  it('would make two without the send deadline', () => {
    expect(findDouble({ guardWrites: false, waitForProof: true })).not.toBeNull();
  });

  it('would make two if a read proved absence at once', () => {
    expect(findDouble({ guardWrites: true, waitForProof: false })).not.toBeNull();
  });
});
