import type { audit } from '#contract/audit.ts';
import type { Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { hashLine } from './append-line.ts';
import { readEnd, readLines } from './audit-store.ts';

/** How a workspace's log was found. */
export interface AuditFinding {
  whole: boolean;
  /** Lines that fit, from the first on. */
  lines: number;
  /** Number of the first line that does not fit or is not there; null when all do. */
  brokenAt: number | null;
  /** Hash of the last line that fits; empty when there is none. */
  hash: string;
}

const BATCH = 1_000;

/**
 * Goes over the log of the transaction's workspace from its first line: every number there, every line's hash as its
 * text and the line before it make it, and the last line the one that the log is known to end with. `anchors` were
 * written down earlier: the lines of those numbers must have those hashes.
 */
export async function checkAudit(
  tx: Tx,
  anchors: readonly { number: number; hash: string }[] = [],
): Promise<AuditFinding> {
  const end = await readEnd(tx);
  if (!end) return { whole: false, lines: 0, brokenAt: 1, hash: '' };
  let hash = '';
  let number = 0;
  const broken = (): AuditFinding => ({ whole: false, lines: number, brokenAt: number + 1, hash });
  while (number < end.number) {
    const lines = await readLines(tx, { after: number, upTo: end.number, limit: BATCH });
    if (lines.length === 0) return broken();
    for (const line of lines) {
      const right = hashLine(hash, line);
      if (line.number !== number + 1 || line.hash !== right) return broken();
      if (anchors.some((anchor) => anchor.number === line.number && anchor.hash !== line.hash)) return broken();
      hash = right;
      number = line.number;
    }
  }
  if (hash !== end.hash) return { ...broken(), brokenAt: Math.max(1, number) };
  if (end.lastNumber > end.number || anchors.some((anchor) => anchor.number > number)) return broken();
  return { whole: true, lines: number, brokenAt: null, hash };
}

/** Checks the chain of this workspace's log. */
export const verifyAuditChain: Verb<typeof audit.verify> = (context) =>
  context.inWorkspace(async (tx) => {
    const { whole, lines, brokenAt } = await checkAudit(tx);
    return { whole, lines, brokenAt };
  });
