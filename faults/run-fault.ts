import type { Fault, FaultResult } from './fault.ts';
import { addTallies } from './judge.ts';
import { openStage, type Size } from './stage.ts';

/** Brings a fault about on a stage of its own, judges what became of everything, and puts the stage away. */
export async function runFault(
  { name, about, run }: Fault,
  { size, say, until }: { size: Size; say(line: string): void; until?: AbortSignal },
): Promise<FaultResult> {
  const startedAt = performance.now();
  const stage = openStage({ size, say });
  const leave = () => void stage.close();
  until?.addEventListener('abort', leave);
  try {
    await run(stage);
    const { tally, complaints } = await stage.judgeAll();
    return { name, about, ...tally, seconds: secondsSince(startedAt), complaints };
  } catch (error) {
    const complaints = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { name, about, ...addTallies([]), seconds: secondsSince(startedAt), complaints };
  } finally {
    until?.removeEventListener('abort', leave);
    await stage.close();
  }
}

const secondsSince = (startedAt: number): number => Math.round((performance.now() - startedAt) / 1_000);
