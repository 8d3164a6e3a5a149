import type { Finding } from '#contract/operator.ts';
import { checkBucket } from './check-bucket.ts';
import { checkDatabase } from './check-database.ts';
import { checkMachine } from './check-machine.ts';
import { checkSettings } from './check-settings.ts';
import type { Examined } from './examined.ts';

/**
 * Looks over the installation and says of each thing how it stands, the same names in the same order each time. Throws
 * nothing.
 */
export async function examineInstallation(examined: Examined): Promise<Finding[]> {
  const checks = [
    ...checkSettings(examined),
    ...checkMachine(examined),
    ...checkBucket(examined),
    ...checkDatabase(examined),
  ];
  const findings: Finding[] = [];
  for (const { check, look } of checks) {
    try {
      findings.push({ check, ...(await look()) });
    } catch (error) {
      examined.log.warn({ err: error, what: check }, 'a check of the doctor failed');
      findings.push({
        check,
        state: 'problem',
        params: { said: error instanceof Error ? error.message : String(error) },
      });
    }
  }
  return findings;
}
