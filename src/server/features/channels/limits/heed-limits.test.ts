import { expect, it } from 'vitest';
import type { Connector } from '#connectors/kit/contract.ts';
import type { Budget } from '#connectors/kit/rules/index.ts';
import { createFakeNetwork } from '#test/fake-network.ts';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { heedLimits, listClosedScopes, listWaits, placeOfAccount } from './index.ts';

const server = useServer();

async function openShop(id: string) {
  const { client, workspaceId } = await makeTeam(server);
  const { connector } = createFakeNetwork({ id });
  (server.house.connectors as Map<string, Connector>).set(id, connector);
  const { id: channelId } = await client.channels.create({ workspaceId, network: id, name: 'Shop' });
  await client.channels.connect({ workspaceId, channelId, values: { name: 'shop', secret: 'right' } });
  const heed = (budget: Partial<Budget>, operation: 'publish' | 'read' = 'publish') =>
    heedLimits(
      { house: server.house, log: server.house.log },
      {
        place: placeOfAccount(id, { server: null, remoteId: `${id}:shop` }),
        manifest: connector.manifest,
        workspaceId,
        channelId,
        operation,
        told: [{ budget: { remaining: 0, limit: 5, perMs: null, waitMs: 40_000, scope: null, ...budget }, operation }],
        fault: null,
        now: new Date(),
      },
    );
  const waits = (operation: 'publish' | 'read') =>
    server.house.db.inWorkspace(workspaceId, async (tx) =>
      (await listWaits(tx, [channelId], operation)).has(channelId),
    );
  return { heed, waits };
}

it('a count of nothing left holds back calls of its kind before one is refused; the last one left holds nothing', async () => {
  const { heed, waits } = await openShop('counted');
  await heed({ remaining: 1 }, 'read');
  expect([await waits('read'), await waits('publish')]).toEqual([false, false]);
  await heed({}, 'read');
  expect([await waits('read'), await waits('publish')]).toEqual([true, false]);
});

it('an app that has used everything up holds back all calls, and says until when', async () => {
  const { heed, waits } = await openShop('used-up');
  await heed({ scope: 'app', limit: 100, waitMs: null });
  expect([await waits('read'), await waits('publish')]).toEqual([true, true]);
  const closed = await server.house.db.outside(listClosedScopes);
  const [mine] = closed.filter(({ network }) => network === 'used-up');
  expect(mine).toMatchObject({ scope: 'app', server: '', operation: 'any' });
  expect(mine?.seconds).toBeGreaterThan(30);
  const { text } = await server.house.metrics.render();
  expect(text).toContain('goalpost_limit_held{network="used-up",scope="app",operation="any"} 1');
});
