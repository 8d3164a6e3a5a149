import type { today } from '#contract/today.ts';
import { dayOf, shiftDay, startOfDay } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { deleteAside, writeAside } from './today-store.ts';

/** Leaves a suggestion out for the caller until the next day begins in the workspace's zone. */
export const setAside: Verb<typeof today.setAside> = (context, { suggestion }) =>
  context.inWorkspace(async (tx) => {
    const zone = await getZone(tx);
    const until = startOfDay(shiftDay(dayOf(await readClock(tx), zone), 1), zone);
    const { workspaceId, personId } = context;
    await writeAside(tx, { workspaceId, personId, suggestion, until });
    return {};
  });

/** Undoes that; what is not set aside stays as it is. */
export const takeBack: Verb<typeof today.takeBack> = (context, { suggestion }) =>
  context.inWorkspace(async (tx) => {
    await deleteAside(tx, { personId: context.personId, suggestion });
    return {};
  });
