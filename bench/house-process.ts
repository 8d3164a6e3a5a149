/** All of a house but its database, in a process of its own: joins what it is told over the parent's channel. */
import { composeBenchHouse, type Joining, startWorking } from './open-house.ts';

process.once('message', async ({ joining, sendsAtOnce }: { joining: Joining; sendsAtOnce: number }) => {
  const { house } = await composeBenchHouse(joining);
  await startWorking(house, { sendsAtOnce, publishes: true });
  process.send?.('works');
});
process.on('disconnect', () => process.exit(0));
