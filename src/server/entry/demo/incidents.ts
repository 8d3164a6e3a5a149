import type { Incident } from './cafe-plan.ts';
import type { Cafe } from './furnish-cafe.ts';
import type { MovedHouse } from './moved-house.ts';
import { PRACTICE_PASSWORD } from './practice-control.ts';

/** One post that is due, and what it needs to go right or wrong. */
export interface Turn {
  house: MovedHouse;
  cafe: Cafe;
  due: Date;
  /** What a corrected post says in the end. */
  correction: string;
}

/** Brings one post out; answers whether people can see and like it afterwards. */
export type Course = (turn: Turn, postId: string) => Promise<boolean>;

const seconds = (due: Date, count: number) => new Date(due.getTime() + count * 1_000);

/** Publishes what is due at each of these seconds after the post's time. */
async function publishAt({ house, due }: Turn, ...times: number[]): Promise<void> {
  for (const time of times) {
    await house.moveTo(seconds(due, time));
    await house.publish();
  }
}

const misbehave = ({ house }: Turn, misbehaviour: object) =>
  house.switches.do('order', { misbehaviour, account: 'square', call: 'post', times: 1 });

/** The post goes out in its time. */
export const calmly: Course = async (turn) => {
  await publishAt(turn, 2, 6);
  return true;
};

/** What happens around the posts of the plan that have an incident, and what the café's owner does about it. */
export const incidents: Record<Incident, Course> & Record<string, Course> = {
  'rate-limited': async (turn) => {
    await misbehave(turn, { kind: 'rate-limit', form: 'none' });
    await publishAt(turn, 2, 70, 80);
    return true;
  },
  'answer-lost': async (turn) => {
    await misbehave(turn, { kind: 'drop-after' });
    await publishAt(turn, 2, 10, 30, 75);
    return true;
  },
  'failed-on-their-side': async (turn) => {
    await misbehave(turn, { kind: 'fail-before' });
    await publishAt(turn, 2, 10, 30, 75, 110, 160, 200);
    return true;
  },
  'not-taken': async (turn) => {
    await misbehave(turn, { kind: 'processing', asks: 0, ends: 'failed' });
    await publishAt(turn, 2, 12, 30, 60);
    return true;
  },
  held: async (turn) => {
    const { house, cafe, due } = turn;
    const { client, workspaceId, words } = cafe;
    await house.moveTo(seconds(due, -600));
    const hold = await client.publishing.hold({ workspaceId, why: words.hold });
    await publishAt(turn, 2);
    await house.moveTo(seconds(due, 1_500));
    await client.publishing.lift({ workspaceId, holdId: hold.id });
    await publishAt(turn, 1_505, 1_510);
    return true;
  },
  revoked: async (turn) => {
    const { house, cafe, due } = turn;
    await house.switches.do('revoke', { account: 'square' });
    await publishAt(turn, 2, 8);
    await house.moveTo(seconds(due, 900));
    const values = { server: house.switches.url, identifier: 'square', password: PRACTICE_PASSWORD };
    await cafe.client.channels.connect({ workspaceId: cafe.workspaceId, channelId: cafe.channels.square, values });
    await publishAt(turn, 905, 912);
    return true;
  },
  corrected: async (turn, postId) => {
    const { house, cafe, due, correction } = turn;
    await publishAt(turn, 2, 6);
    await house.moveTo(seconds(due, 2_400));
    const content = { parts: [{ text: correction, media: [], link: null }] };
    for (const deliveryId of await findDeliveries(cafe, postId))
      await cafe.client.deliveries.correct({ workspaceId: cafe.workspaceId, deliveryId, content });
    await house.settle();
    return true;
  },
  'taken-down': async (turn, postId) => {
    const { house, cafe, due } = turn;
    await publishAt(turn, 2, 6);
    await house.moveTo(seconds(due, 5_400));
    for (const deliveryId of await findDeliveries(cafe, postId))
      await cafe.client.deliveries.takeDown({ workspaceId: cafe.workspaceId, deliveryId });
    await house.settle();
    return false;
  },
};

async function findDeliveries({ client, workspaceId }: Cafe, postId: string): Promise<string[]> {
  const { deliveries } = await client.posts.get({ workspaceId, postId });
  return deliveries.filter((it) => it.state === 'published').map((it) => it.id);
}
