import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#server/platform/config/index.ts';
import { loadKeys } from '#server/platform/crypto/index.ts';
import { useDatabase } from '#test/database.ts';
import { examineFromOutside, runDoctor } from './doctor.ts';

const database = useDatabase();
let dataDir = '';

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'goalpost-doctor-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const configOf = (more: Record<string, string> = {}) => readConfig({ GOALPOST_DATA_DIR: dataDir, ...more });
const states = async (more?: Record<string, string>) =>
  Object.fromEntries((await examineFromOutside(configOf(more))).map(({ check, state }) => [check, state]));

describe('the doctor from outside', () => {
  test('looks at the rest when nothing runs, and starts nothing', async () => {
    expect(await states()).toMatchObject({ running: 'warning', key: 'problem', disk: 'fine', mail: 'warning' });
    expect(await states()).not.toHaveProperty('overdue');
  });

  test('looks at everything beside a running database, by the owner’s login and without changing it', async () => {
    await loadKeys({ kind: 'file', path: path.join(dataDir, 'key') });
    const found = await states({ GOALPOST_DATABASE_URL: database.ownerUrl });
    expect(found).toMatchObject({
      database: 'fine',
      schema: 'fine',
      secrets: 'fine',
      facts: 'fine',
      jobs: 'fine',
      workers: 'problem',
      overdue: 'fine',
      key: 'fine',
    });
  });

  test('says so when the database cannot be reached', async () => {
    const config = configOf({ GOALPOST_DATABASE_URL: 'postgres://owner:canary-password@127.0.0.1:1/none' });
    const findings = await examineFromOutside(config);
    expect(findings.find(({ check }) => check === 'database')).toMatchObject({ state: 'problem' });
    expect(JSON.stringify(findings)).not.toContain('canary-password');
  });

  test('warns of what the settings make dangerous', async () => {
    expect(await states({ GOALPOST_HOST: '0.0.0.0' })).toMatchObject({
      'public-address': 'warning',
      encryption: 'warning',
    });
    expect(await states({ GOALPOST_HOST: '0.0.0.0', GOALPOST_PUBLIC_URL: 'https://social.example.org' })).toMatchObject(
      {
        'public-address': 'fine',
        encryption: 'fine',
      },
    );
    expect(await states({ GOALPOST_PROT: '80' })).toMatchObject({ settings: 'warning' });
  });

  test('ends with 1 when something is a problem, and prints one line a finding or one JSON document', async () => {
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const config = configOf({ GOALPOST_DATABASE_URL: database.ownerUrl });
    expect(await runDoctor({ args: [], config, say, json: false })).toBe(1);
    expect(lines.find((line) => line.startsWith('PROBLEM'))).toContain('No worker is up');
    expect(lines.at(-1)).toMatch(/^1 problems, \d+ warnings, \d+ fine\.$/);
    lines.length = 0;
    await runDoctor({ args: [], config, say, json: true });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '').findings.length).toBeGreaterThan(10);
    await expect(runDoctor({ args: ['now'], config, say, json: true })).rejects.toThrow('Say: goalpost doctor');
  });
});
