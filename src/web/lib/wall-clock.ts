/** A wall-clock time in a zone as it will really be. */
export interface MeantTime {
  /** ISO instant. */
  at: string;
  /** The wall clock at that instant, YYYY-MM-DDTHH:mm. */
  local: string;
  /** The time meant does not exist that day (clocks go forward) and was moved on. */
  moved: boolean;
}

/** Reads a wall-clock time (YYYY-MM-DDTHH:mm) in a zone; null when it is not one. In an overlap the first is taken. */
export function meanTime(local: string, zone: string): MeantTime | null {
  try {
    const meant = Temporal.PlainDateTime.from(local);
    const zoned = meant.toZonedDateTime(zone, { disambiguation: 'compatible' });
    const real = zoned.toPlainDateTime();
    return { at: zoned.toInstant().toString(), local: spell(real), moved: !real.equals(meant) };
  } catch {
    return null;
  }
}

/** The wall clock of an instant in a zone, YYYY-MM-DDTHH:mm. */
export function wallClock(at: string, zone: string): string {
  return spell(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime());
}

const spell = (time: Temporal.PlainDateTime): string => time.toString({ smallestUnit: 'minute' });
