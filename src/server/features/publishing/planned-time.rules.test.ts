import { describe, expect, it } from 'vitest';
import { localTimeOf, planTime } from './planned-time.rules.ts';

describe('planned time', () => {
  it('gives the instant of a wall-clock time in its zone', () => {
    expect(planTime('2026-11-22T09:00', 'Asia/Bangkok')).toEqual({
      at: new Date('2026-11-22T02:00:00Z'),
      moved: false,
      local: '2026-11-22T09:00',
    });
  });

  it('takes a time in the spring gap to the next valid instant and says so', () => {
    expect(planTime('2026-03-29T02:30', 'Europe/Berlin')).toEqual({
      at: new Date('2026-03-29T01:00:00Z'),
      moved: true,
      local: '2026-03-29T03:00',
    });
  });

  it('means the first of the two in the autumn overlap', () => {
    expect(planTime('2026-10-25T02:30', 'Europe/Berlin')?.at).toEqual(new Date('2026-10-25T00:30:00Z'));
  });

  it('knows aliases of zones and zones with half and quarter hours', () => {
    expect(planTime('2026-11-22T09:00', 'Asia/Calcutta')?.at).toEqual(planTime('2026-11-22T09:00', 'Asia/Kolkata')?.at);
    expect(planTime('2026-11-22T09:00', 'Asia/Kathmandu')?.at).toEqual(new Date('2026-11-22T03:15:00Z'));
  });

  it('says null to a zone or a time that does not exist', () => {
    expect(planTime('2026-11-22T09:00', 'Europe/Bakery')).toBeNull();
    expect(planTime('2026-02-30T09:00', 'Europe/Berlin')).toBeNull();
  });

  it('tells the wall-clock time of an instant to the minute', () => {
    expect(localTimeOf(new Date('2026-11-22T02:00:37.500Z'), 'Asia/Bangkok')).toBe('2026-11-22T09:00');
  });

  it('finds the wall-clock time of every transition of every zone in 2026 again', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      let when = Temporal.Instant.from('2026-01-01T00:00Z').toZonedDateTimeISO(zone).getTimeZoneTransition('next');
      while (when && when.year === 2026) {
        for (const minutes of [-90, -30, 0, 30, 90]) {
          const at = new Date(when.epochMilliseconds + minutes * 60_000);
          const planned = planTime(localTimeOf(at, zone), zone);
          expect(planned?.moved, `${zone} ${at.toISOString()}`).toBe(false);
          expect(localTimeOf(planned?.at ?? new Date(0), zone)).toBe(localTimeOf(at, zone));
        }
        when = when.getTimeZoneTransition('next');
      }
    }
  });
});
