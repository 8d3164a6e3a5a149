/**
 * Whether this is an IANA time zone as it is known here, aliases (`Asia/Saigon`) included. Offsets such as `+07:00` are
 * none: they do not know when clocks change.
 */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
