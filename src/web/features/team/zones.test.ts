import { expect, it } from 'vitest';
import { clockIn, formerName, listZones } from './zones.ts';

it('offers every zone by the name it has today, once, and finds it by the one it had', () => {
  const { here, zones } = listZones();
  expect(zones[0]).toBe(here);
  expect(new Set(zones).size).toBe(zones.length);
  expect(zones).toContain('Asia/Ho_Chi_Minh');
  expect(zones).not.toContain('Asia/Saigon');
  expect(formerName('Asia/Ho_Chi_Minh')).toBe('Asia/Saigon');
});

it('knows what every clock shows', () => {
  for (const zone of listZones().zones) expect(clockIn(zone)).toMatch(/^\d\d:\d\d$/);
});
