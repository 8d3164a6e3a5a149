import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import type { AnyContractProcedure } from '@orpc/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Scope, scopes } from '#contract/api-keys.ts';
import { contract } from '#contract/index.ts';
import { keyScopes } from '#contract/key-scopes.ts';
import type { OperationName } from '#contract/operations.ts';
import { policy, type Rule } from '#contract/policy.ts';
import { generateInput, type IdPath, idName, type KnownValues, listIdPaths } from './generate-input.ts';
import { type SeededTeam, seedTeam } from './seed-team.ts';
import { type TestPerson, useServer } from './server.ts';

const server = useServer();
let ours: SeededTeam;
let theirs: SeededTeam;
let owner: pg.Client;
/** A key of ours that may all a key may, and one that may only read. */
let wideKey: string;
let narrowKey: string;

beforeAll(async () => {
  theirs = await seedTeam(server, 'Theirs');
  ours = await seedTeam(server, 'Ours');
  const makeKey = async (scopes: Scope[]) =>
    (await ours.client.apiKeys.create({ workspaceId: ours.workspaceId, name: 'Ours', scopes })).secret;
  wideKey = await makeKey([...scopes]);
  narrowKey = await makeKey(['read']);
  owner = new pg.Client({ connectionString: server.test.ownerUrl });
  await owner.connect();
});
afterAll(() => owner?.end());

/** Fields for things that cannot be made yet, so that no other workspace has one. */
const notYetMade = ['personaId', 'keyMessageId'];

/**
 * Lists that only narrow what is counted: they may name any channel, and one of others counts as little as one of
 * nobody, because figures are read in the workspace's own transaction.
 */
const inertFilters = ['scope.channelIds.[]'];

interface Operation {
  name: string;
  schema: z.ZodType;
  /** Ids that stand in the address. */
  addressIds: string[];
  inWorkspace: boolean;
  rule: Rule;
  /** What a key must have for it; null: no key may. */
  scope: Scope | null;
}

const operations: Operation[] = Object.entries(contract).flatMap(([group, each]) =>
  Object.entries(each as Record<string, AnyContractProcedure>).map(([verb, { '~orpc': definition }]) => {
    const names = [...(definition.route.path ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    return {
      name: `${group}.${verb}`,
      rule: policy[`${group}.${verb}` as OperationName],
      scope: keyScopes[`${group}.${verb}` as OperationName],
      schema: definition.inputSchema instanceof z.ZodType ? definition.inputSchema : z.object({}),
      addressIds: names.filter((name) => name !== 'workspaceId'),
      inWorkspace: names.includes('workspaceId'),
    };
  }),
);
const inWorkspaces = operations.filter(({ inWorkspace }) => inWorkspace);
const withIds = inWorkspaces.flatMap((operation) =>
  listIdPaths(operation.schema)
    .filter((path) => !notYetMade.includes(idName(path)))
    .map((path) => ({ name: operation.name, at: path.join('.'), operation, path })),
);

/** What a call is made of: whose workspace, whose ids, and the one id that is meant. */
function known({ name, addressIds }: Operation, team: SeededTeam, wanted: (name: string) => string): KnownValues {
  const revised = name.startsWith('page.') ? 'page' : (addressIds.at(-1) ?? '');
  return {
    id: (field, isWanted) => {
      if (field === 'workspaceId') return team.workspaceId;
      return isWanted ? wanted(field) : idOf(team, field);
    },
    field: (field) =>
      ({ revision: team.revisions[revised] ?? 1, zone: 'Europe/Berlin', network: 'bluesky', cursor: undefined })[field],
  };
}

function idOf(team: SeededTeam, field: string): string {
  const id = team.ids[field];
  if (id === undefined) throw new Error(`No ${field} was seeded: seedTeam must make one, or the test guards nothing.`);
  return id;
}

/** What the caller learns: the code and the problems of a refusal, or the whole answer. */
async function call(person: TestPerson, { name }: Operation, input: unknown, key?: string): Promise<unknown> {
  const [group = '', verb = ''] = name.split('.');
  // Cookies that come along with a key say nothing.
  const client = server.client(person, key ? { authorization: `Bearer ${key}` } : {}) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  try {
    return { answer: await client[group]?.[verb]?.(input) };
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    const data = error.data as { problems?: { field: string; code: string }[] };
    return { code: error.code, problems: data.problems?.map(({ field, code }) => `${field} ${code}`) };
  }
}

/** Number of rows and a sum over their content, of every table but those that count calls or the job engine's time. */
async function readFingerprint(): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(`
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND c.relname NOT IN ('rate_limit', 'detector_pulse', 'worker_pulse')
      AND (n.nspname IN ('public', 'auth') OR n.nspname = 'pgboss' AND c.relname LIKE 'job%')`);
  const one = ({ name }: { name: string }) =>
    `SELECT '${name}' AS name, count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS sum FROM ${name} t`;
  const { rows } = await owner.query<{ name: string; sum: string }>(tables.map(one).join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

describe('a stranger', () => {
  it.each(inWorkspaces)('finds no workspace of others by $name, and changes nothing', async (operation) => {
    const input = generateInput(
      operation.schema,
      known(operation, theirs, (field) => idOf(theirs, field)),
    );
    const before = await readFingerprint();
    expect(await call(ours.owner, operation, input)).toEqual({ code: 'not-found', problems: undefined });
    expect(await readFingerprint()).toEqual(before);
  });

  it.each(withIds)('with $at of others meets in $name what an id of nobody meets', async ({ operation, path }) => {
    const withId = (wanted: (field: string) => string) =>
      generateInput(operation.schema, known(operation, ours, wanted), path as IdPath);
    const nobodys = (field: string) => (field === 'personId' || field === 'ownerId' ? 'nobody-at-all' : randomUUID());
    const before = await readFingerprint();
    const met = await call(
      ours.owner,
      operation,
      withId((field) => idOf(theirs, field)),
    );
    expect(JSON.stringify(met)).not.toContain('Theirs');
    if (inertFilters.includes(path.join('.'))) return expect(met).toHaveProperty('answer');
    const metByNobody = await call(ours.owner, operation, withId(nobodys));
    expect(met).toEqual(metByNobody);
    if (operation.addressIds.includes(path[0] ?? '')) expect(met).toEqual({ code: 'not-found', problems: undefined });
    expect(await readFingerprint()).toEqual(before);
  });

  it.each(operations.filter(({ rule }) => rule !== 'anyone'))(
    'who is signed out is told so by $name',
    async (operation) => {
      const input = generateInput(
        operation.schema,
        known(operation, theirs, (field) => idOf(theirs, field)),
      );
      const before = await readFingerprint();
      const nobody = { ...ours.owner, cookie: '' };
      expect(await call(nobody, operation, input)).toEqual({ code: 'signed-out', problems: undefined });
      expect(await readFingerprint()).toEqual(before);
    },
  );
});

describe('a key', () => {
  it.each(inWorkspaces)('of another workspace finds nothing by $name, and changes nothing', async (operation) => {
    const input = generateInput(
      operation.schema,
      known(operation, theirs, (field) => idOf(theirs, field)),
    );
    const before = await readFingerprint();
    // The cookie is that of somebody who may.
    expect(await call(theirs.owner, operation, input, wideKey)).toEqual({ code: 'not-found', problems: undefined });
    expect(await readFingerprint()).toEqual(before);
  });

  const beyondReading = operations.filter(({ scope, rule }) => scope !== 'read' && rule !== 'operator');
  it.each(beyondReading)('that may only read is told so by $name, and changes nothing', async (operation) => {
    const input = generateInput(
      operation.schema,
      known(operation, ours, (field) => ours.ids[field] ?? 'made-up-id'),
    );
    const before = await readFingerprint();
    expect(await call(ours.owner, operation, input, narrowKey)).toEqual({
      code: 'key-lacks-scope',
      problems: undefined,
    });
    expect(await readFingerprint()).toEqual(before);
  });

  it.each(operations.filter(({ rule }) => rule === 'operator'))('never runs the installation by $name', async (it) => {
    const operate = (isOperator: boolean) =>
      owner.query('UPDATE person SET is_operator = $2 WHERE id = $1', [ours.owner.id, isOperator]);
    await operate(true);
    try {
      const input = generateInput(
        it.schema,
        known(it, ours, (field) => idOf(ours, field)),
      );
      expect(await call(ours.owner, it, input, wideKey)).toEqual({ code: 'not-found', problems: undefined });
    } finally {
      await operate(false);
    }
  });

  const forPeople = operations.filter(({ scope, rule }) => scope === null && rule !== 'operator');
  it.each(forPeople)('of every scope is no person to $name', async (it) => {
    const input = generateInput(
      it.schema,
      known(it, ours, (field) => ours.ids[field] ?? 'made-up-id'),
    );
    expect(await call(ours.owner, it, input, wideKey)).toEqual({ code: 'key-lacks-scope', problems: undefined });
  });
});

it('the same calls are understood when their own people make them', async () => {
  // Otherwise the refusals above could come from anything.
  const looking = /^(?!practice\.).*\.(list|get|health|progress|evidence)$/; // A practice network is in demos only.
  for (const operation of inWorkspaces.filter(({ name }) => looking.test(name))) {
    const input = generateInput(
      operation.schema,
      known(operation, theirs, (field) => idOf(theirs, field)),
    );
    expect(await call(theirs.owner, operation, input), operation.name).toHaveProperty('answer');
  }
});
