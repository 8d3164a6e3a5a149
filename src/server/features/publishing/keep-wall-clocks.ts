import type { House, JobDefinition } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { wakeWorkers } from './delivery-store.ts';
import { noteDue } from './note-due.ts';
import { planTime } from './planned-time.rules.ts';
import {
  listAllWorkspaces,
  listPlannedToCome,
  movePlanned,
  type PlannedWallClock,
  readZoneData,
  writeZoneData,
} from './wall-clock-store.ts';

/** What a process knows of zones: its data's version, and when a wall-clock time is by it. */
export interface ZoneKnowledge {
  version: string;
  plan: typeof planTime;
}

/** What this process knows by its runtime. */
export const ownKnowledge: ZoneKnowledge = { version: process.versions['tz'] ?? '', plan: planTime };

/** Every night, for what was planned meanwhile by a process with other zone data. */
export const keepWallClocksJob: JobDefinition = {
  name: 'post.keep-wall-clocks',
  cron: '20 2 * * *',
  unique: true,
  run: async ({ house }) => {
    await keepWallClocks(house);
  },
};

/**
 * Countries change their clocks, and zone data comes with the runtime: what was meant is the wall-clock time, so every
 * planned time to come is reckoned again and moved where the zone says otherwise now. Told as `post.clock-moved`.
 * Whoever has older zone data than another process had before leaves everything as it is. With `ifNewer` nothing is
 * reckoned that was by the same data already. Repeatable.
 */
export async function keepWallClocks(
  house: Pick<House, 'db' | 'log'>,
  { version, plan, ifNewer = false }: ZoneKnowledge & { ifNewer?: boolean } = ownKnowledge,
): Promise<{ moved: number }> {
  const { db, log } = house;
  const known = await db.outside(readZoneData);
  if (version < known) {
    log.warn(
      { version, knownVersion: known },
      'this process has older zone data than another one had: planned times stay',
    );
    return { moved: 0 };
  }
  if (ifNewer && version === known) return { moved: 0 };
  let moved = 0;
  for (const workspaceId of await db.across(listAllWorkspaces)) {
    const planned = await db.inWorkspace(workspaceId, listPlannedToCome);
    for (const post of planned) {
      const now = plan(post.local, post.zone);
      if (!now) log.error({ workspaceId, zone: post.zone }, 'a planned time has a zone that is not known any more');
      else if (now.at.getTime() !== post.at.getTime() && (await move(house, workspaceId, post, now.at))) moved += 1;
    }
  }
  await db.outside((tx) => writeZoneData(tx, version));
  if (moved > 0) log.warn({ movedCount: moved, version }, 'zones have changed: posts keep the time on their clocks');
  return { moved };
}

const move = ({ db }: Pick<House, 'db'>, workspaceId: string, post: PlannedWallClock, to: Date): Promise<boolean> =>
  db.inWorkspace(workspaceId, async (tx) => {
    const change = await movePlanned(tx, post, to);
    if (!change) return false;
    const { postId, zone, authorId } = post;
    const payload = { postId, zone, authorId, from: post.at.toISOString(), to: to.toISOString() };
    await tellFact(tx, { workspaceId, kind: 'post.clock-moved', payload });
    await noteDue(tx, change.channelIds);
    await wakeWorkers(tx);
    return true;
  });
