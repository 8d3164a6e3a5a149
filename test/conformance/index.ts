import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConformanceSubject, HouseParts, Standing } from '#connectors/kit/testing/conformance/index.ts';
import { hideSecrets } from '#server/features/channels/index.ts';
import { createEgress } from '#server/platform/egress/index.ts';

const root = path.join(import.meta.dirname, '../..');

/** Where it is written down what each network has. */
export const expectedFile = path.join(root, 'docs/networks/capabilities.json');

export const readExpected = (): Standing => JSON.parse(readFileSync(expectedFile, 'utf8')) as Standing;

/** What every network's folder brings to the suite, in the order of their names. */
export async function findSubjects(): Promise<ConformanceSubject[]> {
  const files = globSync('src/connectors/*/testing.ts', { cwd: root }).sort();
  return Promise.all(
    files.map(async (file) => {
      const { subject } = (await import(path.join(root, file))) as { subject: ConformanceSubject };
      return subject;
    }),
  );
}

/** The house as the suite needs it: its own way out, which may call this machine here. */
export function openHouseParts(drawPreview: HouseParts['drawPreview']): { house: HouseParts; close(): Promise<void> } {
  const egress = createEgress({ allowedRanges: ['127.0.0.0/8', '::1/128'] });
  return { house: { http: egress.http, hideSecrets, drawPreview }, close: () => egress.close() };
}
