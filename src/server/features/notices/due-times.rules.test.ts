import { describe, expect, test } from 'vitest';
import { isQuiet, mailDueAt, nextAt, pushDueAt } from './due-times.rules.ts';

const clock = { zone: 'Asia/Bangkok', quietFrom: '21:00', quietTo: '07:00', digestAt: '08:00' };
/** A wall-clock time in Bangkok, seven hours ahead of UTC. */
const bangkok = (local: string) => new Date(`${local}+07:00`);
const said = (at: Date | null) => at?.toISOString();

describe('quiet hours', () => {
  test.each([
    ['20:59', false],
    ['21:00', true],
    ['23:59', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
    ['12:00', false],
  ])('at %s: %s', (time, quiet) => {
    expect(isQuiet(bangkok(`2026-11-22T${time}`), clock)).toBe(quiet);
  });

  test('that begin when they end are none; some lie within a day', () => {
    const at = bangkok('2026-11-22T13:00');
    expect(isQuiet(at, { ...clock, quietFrom: '07:00', quietTo: '07:00' })).toBe(false);
    expect(isQuiet(at, { ...clock, quietFrom: '12:00', quietTo: '14:00' })).toBe(true);
    expect(isQuiet(at, { ...clock, quietFrom: '13:30', quietTo: '14:00' })).toBe(false);
  });
});

describe('a mail', () => {
  const at = (local: string, more: object = {}) =>
    mailDueAt({ now: bangkok(local), lastAt: null, mail: 'now', urgent: false, ...more }, clock);

  test('at once leaves time for what happens together', () => {
    expect(said(at('2026-11-22T12:00'))).toBe(said(bangkok('2026-11-22T12:00:20')));
  });

  test('waits for the end of quiet hours, unless it is urgent', () => {
    expect(said(at('2026-11-22T22:00'))).toBe(said(bangkok('2026-11-23T07:00')));
    expect(said(at('2026-11-23T03:00'))).toBe(said(bangkok('2026-11-23T07:00')));
    expect(said(at('2026-11-22T22:00', { urgent: true }))).toBe(said(bangkok('2026-11-22T22:00:20')));
  });

  test('in a digest goes at its hour, today or tomorrow', () => {
    expect(said(at('2026-11-22T06:00', { mail: 'digest' }))).toBe(said(bangkok('2026-11-22T08:00')));
    expect(said(at('2026-11-22T08:00', { mail: 'digest' }))).toBe(said(bangkok('2026-11-23T08:00')));
  });

  test('about what goes on happening comes again after an hour, not before', () => {
    const lastAt = bangkok('2026-11-22T11:50');
    expect(said(at('2026-11-22T12:00', { lastAt }))).toBe(said(bangkok('2026-11-22T12:50')));
  });

  test('that is switched off goes nowhere', () => {
    expect(at('2026-11-22T12:00', { mail: 'off' })).toBeNull();
    expect(pushDueAt({ now: new Date(), lastAt: null, push: false, urgent: true }, clock)).toBeNull();
  });
});

test('a time that the spring gap swallows comes when the clock goes on', () => {
  expect(said(nextAt(new Date('2026-03-29T00:30:00Z'), '02:30', 'Europe/Berlin'))).toBe('2026-03-29T01:30:00.000Z');
});
