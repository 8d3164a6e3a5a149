import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface Arrival {
  key: string;
  /** Milliseconds since 1970, with fractions. */
  at: number;
}

export interface CallerOptions {
  urls: string[];
  headers: Record<string, string>;
  everyMs: number;
}

interface Calls {
  answered: number;
  failed: number;
  durations: number[];
}

/** What the process outside says. */
export type Outside =
  | { kind: 'ready'; url: string }
  | { kind: 'arrivals'; arrivals: Arrival[] }
  | { kind: 'count'; count: number }
  | ({ kind: 'calls' } & Calls)
  | { kind: 'done' };

export interface OutsideProcess {
  /** Where the network listens. */
  url: string;
  /** Every post the network took, in the order they came. */
  arrivals(): Promise<Arrival[]>;
  /** How many different posts the network took. */
  count(): Promise<number>;
  /** From now on the network answers after this long; 50 ms unless told. */
  answerAfter(ms: number): Promise<void>;
  /** Forgets the posts so far. */
  forget(): Promise<void>;
  /** Calls these addresses in turn at a steady pace, until `stopCalling`. */
  startCalling(caller: CallerOptions): Promise<void>;
  stopCalling(): Promise<Calls>;
  end(): void;
}

/** Starts the process outside. */
export async function startOutside(): Promise<OutsideProcess> {
  const child = fork(path.join(import.meta.dirname, 'outside-process.ts'), { serialization: 'advanced' });
  const ask = async <K extends Outside['kind']>(message: object | null, kind: K): Promise<Outside & { kind: K }> => {
    const answer = once(child, 'message') as Promise<[Outside]>;
    if (message) child.send(message);
    const [told] = await answer;
    if (told.kind !== kind) throw new Error(`asked for ${kind}, was told ${told.kind}`);
    return told as Outside & { kind: K };
  };
  const { url } = await ask(null, 'ready');
  return {
    url,
    arrivals: async () => (await ask({ ask: 'arrivals' }, 'arrivals')).arrivals,
    count: async () => (await ask({ ask: 'count' }, 'count')).count,
    answerAfter: async (byMs) => void (await ask({ ask: 'slow', byMs }, 'done')),
    forget: async () => void (await ask({ ask: 'forget' }, 'done')),
    startCalling: async (caller) => void (await ask({ ask: 'call', caller }, 'done')),
    stopCalling: () => ask({ ask: 'calls' }, 'calls'),
    end: () => child.kill(),
  };
}
