import { type Capability, capabilities, capabilityNames } from './capabilities.ts';
import { startHostileServer } from './hostile-server.ts';
import type { OpenSubject } from './subject.ts';
import { type HouseParts, makeTrial } from './trial.ts';

/** What was found out about one capability, and why it failed. */
export interface Finding {
  capability: Capability;
  state: 'pass' | 'fail' | 'absent';
  why: string | null;
  tookMs: number;
}

/** Puts a network through the suite, or through the capabilities in `only`. The subject stays open. */
export async function runConformance(
  network: string,
  open: OpenSubject,
  {
    house,
    only = capabilityNames,
    tell,
  }: { house: HouseParts; only?: readonly Capability[]; tell?: (finding: Finding) => void },
): Promise<Finding[]> {
  const hostile = await startHostileServer();
  const trial = makeTrial(network, open, house, hostile);
  const findings: Finding[] = [];
  try {
    for (const capability of only) {
      const startedAt = performance.now();
      const [state, why] = await capabilities[capability](trial).then(
        (found): [Finding['state'], null] => [found, null],
        (error: unknown): [Finding['state'], string] => [
          'fail',
          error instanceof Error ? error.message : String(error),
        ],
      );
      const finding = { capability, state, why, tookMs: Math.round(performance.now() - startedAt) };
      findings.push(finding);
      tell?.(finding);
    }
  } finally {
    await hostile.stop();
  }
  return findings;
}
