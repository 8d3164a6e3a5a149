import { expect, it } from 'vitest';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';

const server = useServer();

it('brings an archived channel back into the register with what it said, not connected', async () => {
  const { client, workspaceId } = await makeTeam(server, { name: 'Bakery' });
  const about = { network: 'instagram', name: 'Old Instagram', purpose: 'Shows the cakes', state: 'dormant' } as const;
  const { id: channelId } = await client.channels.create({ workspaceId, ...about });
  await client.channels.archive({ workspaceId, channelId });
  expect((await client.channels.list({ workspaceId })).items).toEqual([]);
  for (const _ of [1, 2]) {
    const back = await client.channels.restore({ workspaceId, channelId });
    expect(back).toMatchObject({ ...about, archivedAt: null, connection: { state: 'not-connected' } });
  }
  expect((await client.channels.list({ workspaceId })).items.map((it) => it.id)).toEqual([channelId]);
});
