import { isZone } from '#server/features/team/index.ts';
import { refuseField } from '#server/platform/context/index.ts';
import { type Planned, planTime } from '../planned-time.rules.ts';

/** When a wall-clock time is; refuses by the name of the field a zone that is not known, and a time that no calendar has. */
export function readPlanned(planned: { local: string; zone: string }, field: string): Planned {
  if (!isZone(planned.zone)) refuseField(`${field}.zone`, 'not-a-zone');
  return planTime(planned.local, planned.zone) ?? refuseField(field, 'time-unknown');
}
