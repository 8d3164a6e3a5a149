import type { z } from 'zod';
import type { OwnPage } from '#contract/page.ts';
import { dayOf, shiftDay } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { pageUrl } from './addresses.ts';
import { sumOfPage } from './count-store.ts';
import type { PageRow } from './tables.ts';

/** The last 28 local days, today among them. */
const DAYS = 28;

/** The page as it goes to the wire, with what was counted lately. */
export async function presentPage(
  house: { config: Pick<House['config'], 'publicUrl'> },
  tx: Tx,
  page: PageRow,
): Promise<z.input<typeof OwnPage>> {
  const zone = await getZone(tx);
  const today = dayOf(await readClock(tx), zone);
  const isFirstDay = dayOf(page.created_at, zone) >= today;
  const counted = isFirstDay ? null : await sumOfPage(tx, page.id, { from: shiftDay(today, 1 - DAYS) });
  return {
    channelId: page.id,
    address: page.address,
    url: pageUrl(house.config, page.address),
    title: page.title,
    about: page.about,
    language: page.language,
    links: page.links,
    views28: counted?.views ?? null,
    clicks28: counted?.clicks ?? null,
    revision: page.revision,
    updatedAt: page.updated_at.toISOString(),
  };
}
