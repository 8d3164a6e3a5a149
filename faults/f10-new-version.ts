import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const root = path.join(import.meta.dirname, '..');
/** A worker that is told to end lets what is under way settle, and takes no longer. */
const DRAIN_MS = 30_000;

/** Workers of the version before the newest migration, then of both side by side, then of this one; told to end in turn. */
export const newVersion: Fault = {
  name: 'F10',
  about: 'an upgrade: workers of two versions side by side on the migrated database, each told to end in turn',
  async run(stage) {
    const program = openEarlier(stage.say);
    const ledger = await stage.openLedger(program ? { program } : {});
    const accounts = await stage.openAccounts('upgrade', stage.sized({ small: 8, whole: 50 }));
    await ledger.connect(accounts);
    const practice = await stage.openPractice();
    await practice.misbehave({ kind: 'slow', ms: 300 }, { call: 'post', times: null });
    const stepMs = stage.sized({ small: 2_000, whole: 8_000 });
    const count = stage.sized({ small: 40, whole: 500 });
    const earlier = program ? { program } : {};
    const workers = [await ledger.startWorker({}, earlier), await ledger.startWorker({}, earlier)];
    await ledger.schedule(accounts, { label: 'F10 loaf', count, overMs: stepMs * 6 });
    await sleep(stepMs);
    // The first start of this version migrates under the others, who go on.
    for (let turn = 0; turn < 4; turn += 1) {
      const next = await ledger.startWorker();
      await sleep(stepMs / 2);
      const leaving = workers.shift();
      const toldAt = performance.now();
      await leaving?.stop();
      const tookMs = performance.now() - toldAt;
      if (tookMs > DRAIN_MS) stage.complain(`a worker took ${Math.round(tookMs)} ms to end`);
      workers.push(next);
      await sleep(stepMs / 2);
    }
    await stage.untilAtRest(120_000);
  },
};

/**
 * The program as it was when there were fewer migrations, each of them as it is now, by the history of this checkout; null
 * where there is no such version.
 */
function openEarlier(say: (line: string) => void): string | null {
  const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { maxBuffer: 500_000_000 });
  const list = (...args: string[]) =>
    git(...args)
      .toString()
      .split('\n')
      .filter(Boolean);
  try {
    const files = readdirSync(path.join(root, 'migrations')).map((file) => `migrations/${file}`);
    const now = new Set(list('hash-object', ...files));
    const commit = list('log', '--format=%H', 'HEAD', '--', 'migrations').find((it) => {
      const then = list('ls-tree', '--format=%(objectname)', it, 'migrations/');
      return then.length < now.size && then.every((hash) => now.has(hash));
    });
    if (!commit) throw new Error('no commit has fewer migrations');
    const folder = mkdtempSync(path.join(tmpdir(), 'earlier-'));
    const tree = git('archive', commit, 'package.json', 'migrations', 'src', 'tools');
    execFileSync('tar', ['-x', '-C', folder], { input: tree });
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    say(`the earlier version is ${commit.slice(0, 7)}`);
    return path.join(folder, 'src/server/entry/main.ts');
  } catch (error) {
    say(`this version replaces itself: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}
