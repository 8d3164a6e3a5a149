import { randomUUID } from 'node:crypto';
import type { Context } from '../context/context.ts';
import type { Tx } from '../db/index.ts';
import { type Fact, writeFacts } from './fact-store.ts';

/** Hears a fact at least once; hearing it twice changes nothing more. */
export type FactHearer = (context: Context, fact: Fact) => Promise<void>;

/** Who hears which kinds of facts. */
export type Hearers = readonly { kind: string; hear: FactHearer }[];

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
