/** Zones that some browsers still list by a name of the past, which nobody there would look for. */
const renamed: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

const nameNow = (zone: string): string => renamed[zone] ?? zone;

/** The name a zone had before, by which some know it; '' for most. */
export const formerName = (zone: string): string => Object.entries(renamed).find(([, now]) => now === zone)?.[0] ?? '';

/** The zone of this device, and all zones the browser knows; the device's own comes first. */
export function listZones(): { here: string; zones: string[] } {
  const here = nameNow(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
  const known = Intl.supportedValuesOf('timeZone').map(nameNow);
  return { here, zones: [...new Set([here, 'UTC', ...known])] };
}

/** What the clocks of a zone show now, 24 hours: `14:05`. */
export function clockIn(zone: string): string {
  return Temporal.Now.zonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
}
