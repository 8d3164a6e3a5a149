/** When a wall-clock time in a zone really is. */
export interface Planned {
  at: Date;
  /** The wall-clock time does not exist that day (spring gap) and was moved to the next one that does. */
  moved: boolean;
  /** The wall-clock time that holds: the given one, or the one it was moved to. */
  local: string;
}

/**
 * The instant of a wall-clock time (`YYYY-MM-DDTHH:mm`) in an IANA zone, or null when the zone or the time is unknown.
 * A time in the spring gap becomes the next valid instant; in the autumn overlap the first of the two is meant.
 */
export function planTime(local: string, zone: string): Planned | null {
  try {
    const wanted = Temporal.PlainDateTime.from(local);
    const first = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
    if (first.toPlainDateTime().equals(wanted)) return present(first, false);
    const next = first.getTimeZoneTransition('next');
    return next ? present(next, true) : null;
  } catch {
    return null;
  }
}

function present(when: Temporal.ZonedDateTime, moved: boolean): Planned {
  const local = when.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return { at: new Date(when.epochMilliseconds), moved, local };
}

/** The wall-clock time an instant has in a zone, to the minute. */
export const localTimeOf = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
