import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '#server/platform/config/index.ts';
import { StartRefusal } from '#server/platform/db/index.ts';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { runAuditVerify } from './audit-verify.ts';

const server = useServer();
let owner: pg.Client;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'goalpost-anchor-'));
  owner = new pg.Client({ connectionString: server.test.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await rm(folder, { recursive: true, force: true });
});

interface Said {
  code: number;
  workspaces: { workspaceId: string; whole: boolean; lines: number; brokenAt: number | null }[];
  text: string;
}

async function verify(...args: string[]): Promise<Said> {
  const config = readConfig({ GOALPOST_DATABASE_URL: server.test.ownerUrl, GOALPOST_DATA_DIR: folder });
  let text = '';
  const say = (line: string) => {
    text += `${line}\n`;
  };
  const json = !args.includes('--words');
  const code = await runAuditVerify({ args: args.filter((arg) => arg !== '--words'), config, say, json });
  const { workspaces = [] } = json ? (JSON.parse(text) as Partial<Said>) : {};
  return { code, workspaces, text };
}

/** As somebody with the owner's login could: the triggers off, then on again. */
async function tamper(statement: string, ...values: unknown[]): Promise<void> {
  const switchTo = (state: string) =>
    owner.query(`ALTER TABLE audit_entry ${state} TRIGGER USER; ALTER TABLE audit_head ${state} TRIGGER USER`);
  await switchTo('DISABLE');
  try {
    await owner.query(statement, values);
  } finally {
    await switchTo('ENABLE');
  }
}

it('goes over every workspace, and says which log is not as it was written', async () => {
  const one = await makeTeam(server, { name: 'Whole' });
  const two = await makeTeam(server, { name: 'Spoilt' });
  await two.client.objectives.create({ workspaceId: two.workspaceId, title: 'A' });
  const before = await verify();
  expect(before.code).toBe(0);
  expect(before.workspaces.map(({ workspaceId }) => workspaceId).sort()).toEqual(
    [one.workspaceId, two.workspaceId].sort(),
  );
  await tamper(`UPDATE audit_entry SET person_id = 'x' WHERE workspace_id = $1 AND number = 1`, two.workspaceId);
  const after = await verify();
  expect(after.code).toBe(1);
  expect(after.workspaces).toContainEqual(expect.objectContaining({ workspaceId: one.workspaceId, whole: true }));
  expect(after.workspaces).toContainEqual(expect.objectContaining({ workspaceId: two.workspaceId, brokenAt: 1 }));
  const { text } = await verify('--words');
  expect(text).toContain('BROKEN');
  expect(text).toContain('1 of 2 audit logs');
  await expect(verify('--nonsense')).rejects.toThrow('Say: goalpost audit verify');
  await tamper('DELETE FROM audit_entry WHERE workspace_id = $1', two.workspaceId);
  await tamper(`UPDATE audit_head SET number = 0, hash = '' WHERE workspace_id = $1`, two.workspaceId);
});

it('finds by an anchor a log that was written anew from its first line, and one that is gone', async () => {
  const anchorFile = path.join(folder, 'anchors');
  const { workspaceId, client } = await makeTeam(server);
  const work = async (times: number) => {
    for (let i = 0; i < times; i++) await client.objectives.create({ workspaceId, title: `Objective ${i}` });
  };
  await work(4);
  const verdictOf = async () => {
    const { workspaces } = await verify('--anchor', anchorFile);
    return workspaces.find((it) => it.workspaceId === workspaceId);
  };
  expect(await verdictOf()).toMatchObject({ whole: true, lines: 5 });
  await work(1);
  expect(await verdictOf()).toMatchObject({ whole: true, lines: 6 });
  const kept = await readFile(anchorFile, 'utf8');
  expect(kept.split('\n').filter((line) => line.includes(workspaceId))).toHaveLength(2);

  await tamper('DELETE FROM audit_entry WHERE workspace_id = $1', workspaceId);
  await tamper(`UPDATE audit_head SET number = 0, hash = '' WHERE workspace_id = $1`, workspaceId);
  await work(7);
  // By itself it looks whole: whoever owns the database can write another truth.
  expect(await client.audit.verify({ workspaceId })).toEqual({ whole: true, lines: 7, brokenAt: null });
  expect(await verdictOf()).toMatchObject({ whole: false, brokenAt: 5 });
  expect(await readFile(anchorFile, 'utf8')).toBe(kept);

  await writeFile(anchorFile, 'these are no anchors\n');
  await expect(verify('--anchor', anchorFile)).rejects.toThrow(StartRefusal);

  const gone = '11111111-1111-4111-8111-111111111111';
  await writeFile(anchorFile, `${gone} 1 ${'a'.repeat(64)}\n`);
  const { code, workspaces } = await verify('--anchor', anchorFile);
  expect(code).toBe(1);
  expect(workspaces).toContainEqual(expect.objectContaining({ workspaceId: gone, whole: false }));
});

it('can change nothing', async () => {
  const { openInstallation } = await import('./open-installation.ts');
  const { db, close } = await openInstallation(readConfig({ GOALPOST_DATABASE_URL: server.test.ownerUrl }));
  try {
    await expect(db.pool.query('DELETE FROM fact')).rejects.toThrow('read-only');
  } finally {
    await close();
  }
});
