import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readProcesses } from './read-processes.ts';

/** A Node that listens and has asked a database once, and nothing more. */
const script = `import { createServer } from 'node:http';
import pg from 'pg';
const client = new pg.Client({ connectionString: process.argv[1] });
await client.connect();
await client.query('SELECT 1');
createServer((_, answer) => answer.end('ok')).listen(0, '127.0.0.1', () => console.log('ready'));`;

/** What no program of this kind can go below: how soon a bare Node is ready, and what it holds then. */
export async function measureBareNode(databaseUrl: string): Promise<{ readyMs: number; rssMB: number }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, databaseUrl], {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    const readyMs = performance.now() - startedAt;
    await sleep(500);
    return { readyMs, rssMB: readProcesses(child.pid ?? 0).app.rssMB };
  } finally {
    child.kill();
  }
}
