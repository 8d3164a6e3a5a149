import type { House } from '#server/platform/context/index.ts';
import { type ClockWatch, trustedClock } from './clock-watch.ts';
import { type CrashAt, neverCrash } from './crash-points.ts';
import { openDesk } from './desk.ts';
import { lookForDelivery } from './look-for-delivery.ts';
import { publishClaimed } from './publish-claimed.ts';
import { returnUnused, takeWork } from './take-work.ts';

/** Claims and publishes what is due, and looks at what is open, until nothing is left to do now. For tests and tools. */
export async function runPublishingRound(
  house: House,
  { crashAt = neverCrash, clock = trustedClock }: { crashAt?: CrashAt; clock?: ClockWatch } = {},
): Promise<{ published: number; looked: number }> {
  const context = { house, log: house.log };
  const desk = openDesk(house);
  let published = 0;
  let looked = 0;
  for (;;) {
    await returnUnused(house, desk);
    const { claims, looks } = await takeWork(house, { room: 100, looks: 50 });
    if (claims.length === 0 && looks.length === 0) return { published, looked };
    await Promise.all(
      claims.map((claim) => publishClaimed(context, claim, { hold: { isMine: () => true }, crashAt, desk })),
    );
    await Promise.all(looks.map((claim) => lookForDelivery(context, claim, { crashAt, clock })));
    published += claims.length;
    looked += looks.length;
  }
}
