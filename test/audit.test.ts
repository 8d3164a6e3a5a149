import { ORPCError } from '@orpc/client';
import type { AnyContractProcedure } from '@orpc/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '#contract/index.ts';
import type { OperationName } from '#contract/operations.ts';
import { policy } from '#contract/policy.ts';
import { isRecorded } from '#server/platform/http/index.ts';
import { generateInput } from './generate-input.ts';
import { type SeededTeam, seedTeam } from './seed-team.ts';
import { useServer } from './server.ts';

const server = useServer();
let team: SeededTeam;
beforeAll(async () => {
  team = await seedTeam(server, 'Recorded');
});

interface Operation {
  name: OperationName;
  method: string;
  schema: z.ZodType;
  addressIds: string[];
}

const operations: Operation[] = Object.entries(contract).flatMap(([group, each]) =>
  Object.entries(each as Record<string, AnyContractProcedure>).map(([verb, { '~orpc': definition }]) => ({
    name: `${group}.${verb}` as OperationName,
    method: definition.route.method ?? 'POST',
    schema: definition.inputSchema instanceof z.ZodType ? definition.inputSchema : z.object({}),
    addressIds: [...(definition.route.path ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  })),
);
/** What ends something comes after what begins and changes it. */
const ending = /\.(archive|remove|revoke|withdraw|cancel|lift|disconnect|takeDown|changeRole)$/;
const inWorkspaces = operations
  .filter(({ name }) => typeof policy[name] !== 'string')
  .sort((a, b) => Number(ending.test(a.name)) - Number(ending.test(b.name)));

async function call({ name, schema, addressIds }: Operation): Promise<{ code?: string; answer?: unknown }> {
  const revision = await readRevision(name.startsWith('page.') ? 'page' : (addressIds.at(-1) ?? ''));
  const input = generateInput(schema, {
    id: (field) => (field === 'workspaceId' ? team.workspaceId : (team.ids[field] ?? 'none')),
    field: (field) =>
      ({
        revision,
        zone: 'Europe/Berlin',
        network: 'bluesky',
        cursor: undefined,
      })[field],
  });
  const [group = '', verb = ''] = name.split('.');
  const client = team.client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  try {
    return { answer: await client[group]?.[verb]?.(input) };
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    return { code: error.code };
  }
}

/** As it stands after what was called before. */
async function readRevision(of: string): Promise<number> {
  const { client, workspaceId, ids } = team;
  if (of === 'postId') {
    const found = await client.posts.get({ workspaceId, postId: ids['postId'] ?? '' }).catch(() => null);
    return found?.revision ?? 1;
  }
  if (of === 'goalId') return (await client.goals.get({ workspaceId, goalId: ids['goalId'] ?? '' })).revision;
  return team.revisions[of] ?? 1;
}

const readLog = async () => (await team.client.audit.list({ workspaceId: team.workspaceId, limit: 200 })).items;
const done: string[] = [];

describe('an operation in a workspace', () => {
  it.each(inWorkspaces)('stands in the audit log once when it changed something: $name', async (operation) => {
    const before = await readLog();
    const { code, answer } = await call(operation);
    const added = (await readLog()).slice(0, -before.length);
    if (code !== undefined || !isRecorded(operation.name)) return expect(added, code).toEqual([]);
    expect(answer).toBeDefined();
    done.push(operation.name);
    const [line] = added;
    expect(added).toHaveLength(1);
    expect(line).toMatchObject({ action: operation.name, by: { kind: 'person', personId: team.owner.id } });
    const [own] = operation.addressIds.filter((name) => name !== 'workspaceId').slice(-1);
    if (own) expect(line?.subject?.id).toBe(team.ids[own]);
    // These two are about the workspace as a whole.
    else if (!['workspaces.update', 'deliveries.decideHeld'].includes(operation.name))
      expect(line?.subject).not.toBeNull();
    // What people wrote, and what opens a door, is not in it.
    expect(JSON.stringify(line)).not.toMatch(/Made up|Recorded|gp_|oven|made\.example/);
  });

  it('could be looked at in most cases', () => {
    // What only a demo has is `not-found` here.
    const here = inWorkspaces.filter(({ name }) => !name.startsWith('practice.'));
    const changing = here.filter(({ name }) => isRecorded(name)).map(({ name }) => name);
    expect(done.length, `not looked at: ${changing.filter((name) => !done.includes(name))}`).toBeGreaterThan(
      changing.length * 0.7,
    );
  });
});

/**
 * They look although they are called by POST, or change what the caller alone sees. The contract says the same, and is
 * not asked: whatever leaves the log is decided in two places.
 */
const unrecorded: readonly string[] = [
  'audit.verify',
  'invitations.look',
  'uploads.begin',
  'uploads.append',
  'uploads.cancel',
  'reconnectLinks.look',
  'reconnectLinks.use',
  'today.setAside',
  'today.takeBack',
  'today.look',
  'notices.mark',
  'notices.markAll',
  'notices.choose',
  'notices.addDevice',
  'notices.removeDevice',
];

it('what only looks is never recorded, and what changes always is', () => {
  for (const { name, method } of operations)
    expect(isRecorded(name), name).toBe(method !== 'GET' && !unrecorded.includes(name));
});

it('the log is whole after all of it', async () => {
  expect(await team.client.audit.verify({ workspaceId: team.workspaceId })).toMatchObject({ whole: true });
});
