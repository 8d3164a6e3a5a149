/** The local date of an instant in a zone, YYYY-MM-DD. */
export function dayOf(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The instant at which a local day begins in a zone; where midnight does not exist, the first moment that does. */
export function startOfDay(on: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(on).toZonedDateTime(zone).epochMilliseconds);
}

/** The day so many days later (or earlier, when negative). */
export function shiftDay(on: string, days: number): string {
  return Temporal.PlainDate.from(on).add({ days }).toString();
}

/** Days from one local date to another: 0 for the same day, negative when `to` is earlier. */
export function countDays(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}
