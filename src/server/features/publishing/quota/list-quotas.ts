import type { publishing } from '#contract/publishing.ts';
import { listKnownChannels } from '#server/features/channels/index.ts';
import { dayOf, shiftDay, startOfDay } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { listFullDays } from './quota.rules.ts';
import { listGoingOut } from './quota-store.ts';

const MOST_DAYS = 62;

/**
 * Days on which a channel comes near what its network takes, by local day of the workspace; two months at most. Each day
 * has its fullest moment, and what went out late on the day before counts in it, as networks count it.
 */
export const listQuotas: Verb<typeof publishing.quotas> = (context, { from, to }) =>
  context.inWorkspace(async (tx) => {
    const zone = await getZone(tx);
    const last = [to, shiftDay(from, MOST_DAYS - 1)].toSorted()[0] ?? to;
    const channels = await listKnownChannels(context.house, tx);
    const items = [];
    for (const { id: channelId, quota } of channels) {
      if (!quota) continue;
      const { max, perMs, over } = quota;
      const begins = new Date(startOfDay(from, zone).getTime() - perMs);
      const times = await listGoingOut(tx, channelId, { from: begins, to: startOfDay(shiftDay(last, 1), zone) });
      const full = listFullDays(times, { max, perMs, dayOf: (time) => dayOf(new Date(time), zone) });
      for (const { on, planned } of full) {
        if (on >= from) items.push({ channelId, on, planned, max, hours: Math.round(perMs / 3_600_000), over });
      }
    }
    return { items: items.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)) };
  });
