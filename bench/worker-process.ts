/** One more worker of a house, in a process of its own, to be killed: joins what it is told over the parent's channel. */
import { startPublisher } from '#server/features/publishing/index.ts';
import { composeBenchHouse, type Joining } from './open-house.ts';

process.once('message', async ({ joining, sendsAtOnce }: { joining: Joining; sendsAtOnce: number }) => {
  const { house } = await composeBenchHouse(joining);
  await startPublisher(house, { sendsAtOnce });
  process.send?.('works');
});
process.on('disconnect', () => process.exit(0));
