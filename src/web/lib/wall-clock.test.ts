import { expect, test } from 'vitest';
import { meanTime, wallClock } from './wall-clock.ts';

test('a time that clocks skip is moved on, and says so', () => {
  expect(meanTime('2027-03-28T02:30', 'Europe/Berlin')).toEqual({
    at: '2027-03-28T01:30:00Z',
    local: '2027-03-28T03:30',
    moved: true,
  });
});

test('a time that clocks show twice is the first of the two', () => {
  expect(meanTime('2026-10-25T02:30', 'Europe/Berlin')).toEqual({
    at: '2026-10-25T00:30:00Z',
    local: '2026-10-25T02:30',
    moved: false,
  });
});

test('half a time is no time', () => {
  expect(meanTime('2026-10-25T', 'Asia/Bangkok')).toBeNull();
});

test('an instant reads as the wall clock of the workspace', () => {
  expect(wallClock('2026-11-22T17:00:00Z', 'Asia/Bangkok')).toBe('2026-11-23T00:00');
});
