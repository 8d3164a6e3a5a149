import { randomUUID } from 'node:crypto';
import type { Context } from '../context/context.ts';
import type { Tx } from '../db/index.ts';
import { type Fact, writeFacts } from './fact-store.ts';

/**
 * Hears facts of one workspace and one kind, in the order in which they were told, each at least once; hearing one twice
 * changes nothing more. What is told at nearly the same time comes together.
 */
export type FactHearer = (context: Context, facts: readonly [Fact, ...Fact[]]) => Promise<void>;

/** Who hears which kinds of facts. */
export type Hearers = readonly { kind: string; hear: FactHearer }[];

/** Hears each fact by itself: for what is told seldom. */
export const hearEach =
  (hear: (context: Context, fact: Fact) => Promise<void>): FactHearer =>
  async (context, facts) => {
    for (const fact of facts) await hear(context, fact);
  };

/**
 * What happened, told in the transaction in which it happened. It is handed on at least once after the commit, within
 * a second as a rule. Payloads hold ids and small values, no content.
 */
export async function tellFact(
  tx: Tx,
  fact: { workspaceId: string; kind: string; payload: Record<string, unknown>; personId?: string },
): Promise<void> {
  await tellFacts(tx, [fact]);
}

/** The same of many at once. */
export async function tellFacts(
  tx: Tx,
  facts: readonly {
    workspaceId: string;
    kind: string;
    payload: Record<string, unknown>;
    personId?: string;
  }[],
): Promise<void> {
  await writeFacts(
    tx,
    facts.map((fact) => ({ id: randomUUID(), ...fact })),
  );
}
