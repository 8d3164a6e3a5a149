/** The zone of this device, and all zones the browser knows; the device's own comes first. */
export function listZones(): { here: string; zones: string[] } {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  const known = Intl.supportedValuesOf('timeZone');
  return { here, zones: [...new Set([here, 'UTC', ...known])] };
}
