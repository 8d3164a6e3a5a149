import { expect, it } from 'vitest';
import { runRestoreAmid } from '../faults/restore-amid.ts';

it('puts a backup back in the middle of what is due: nothing is there twice, nothing is lost, what is held says why', async () => {
  const result = await runRestoreAmid({ count: 60, channels: 4, restarts: false });
  expect(result).toMatchObject({ scheduled: 60, duplicates: 0, missed: 0, unconfirmed: 0, thereAtLast: 60 });
  expect(result.published + result.held).toBe(60);
  // Else there was nothing to find, and nothing to hold.
  expect(result.foundByReading).toBeGreaterThan(0);
  expect(result.held).toBeGreaterThan(0);
}, 240_000);
