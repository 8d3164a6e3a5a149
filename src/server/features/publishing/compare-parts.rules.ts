import type { DeliveryRow } from './tables.ts';

/** The order in which parts are locked, by people's edits and by workers alike, so that nobody waits for each other. */
export function compareParts(one: Place, other: Place): number {
  return (
    one.due_at.getTime() - other.due_at.getTime() ||
    (one.group_id < other.group_id ? -1 : one.group_id > other.group_id ? 1 : one.position - other.position)
  );
}

type Place = Pick<DeliveryRow, 'due_at' | 'group_id' | 'position'>;
