import { expect, test } from 'vitest';
import { notBefore, timeBetween, whyFixed } from './move.rules.ts';

test('what is live, on its way or waits for a decision stays where it is', () => {
  expect(['draft', 'scheduled', 'cancelled'].map((state) => whyFixed({ state } as never))).toEqual([null, null, null]);
  expect(whyFixed({ state: 'publishing' })).toBe('on-its-way');
  expect(whyFixed({ state: 'partly-published' })).toBe('live');
  expect(whyFixed({ state: 'held' })).toBe('held');
});

test('a post dropped where its own hour fits keeps it', () => {
  expect(timeBetween('10:00', null, null)).toBe('10:00');
  expect(timeBetween('10:00', '09:00', '12:00')).toBe('10:00');
});

test('between two others it goes half-way, to the quarter of an hour', () => {
  expect(timeBetween('08:00', '09:00', '12:00')).toBe('10:30');
  expect(timeBetween('18:00', '09:00', '09:50')).toBe('09:30');
  expect(timeBetween('18:00', '09:03', '09:07')).toBe('09:05');
  expect(timeBetween('18:00', '09:00', '09:00')).toBe('09:00');
});

test('before the first and after the last it goes an hour away, and never into another day', () => {
  expect(timeBetween('18:00', null, '09:00')).toBe('08:00');
  expect(timeBetween('07:00', '09:00', null)).toBe('10:00');
  expect(timeBetween('18:00', null, '00:20')).toBe('00:00');
  expect(timeBetween('07:00', '23:30', null)).toBe('23:59');
});

test('a time of today that is over becomes the next half hour', () => {
  expect(notBefore('2026-11-23T08:00', '2026-11-23T10:07')).toBe('2026-11-23T10:30');
  expect(notBefore('2026-11-23T10:30', '2026-11-23T10:30')).toBe('2026-11-23T11:00');
  expect(notBefore('2026-11-23T12:00', '2026-11-23T10:07')).toBe('2026-11-23T12:00');
  expect(notBefore('2026-11-24T08:00', '2026-11-23T10:07')).toBe('2026-11-24T08:00');
});
