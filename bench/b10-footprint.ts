import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { makeInstallation, signUpOwnerIn } from '../e2e/product.ts';
import { type Benchmark, round } from './benchmark.ts';
import { measureBareNode } from './measure-bare-node.ts';
import { readProcesses } from './read-processes.ts';
import { weighInstallation } from './weigh-installation.ts';

const FLOORS = { rssMB: 180, cpuShare: 2, startMs: 3_000 };
const TARGETS = { rssMB: 150, cpuShare: 1, startMs: 500, stackMB: 350 };
const CALLS_AT_ONCE = 4;

/** What Goalpost takes while nobody uses it, how soon it is ready, and what is left of a while of use. */
export const footprint: Benchmark = {
  name: 'B10',
  about: 'footprint and start: memory and processor while idle, a start with the migrations checked, size on disk',
  async run({ small, say }) {
    const installation = await makeInstallation();
    const beside = await openDatabaseBeside();
    try {
      say('the first start, which makes the database…');
      const firstAt = performance.now();
      await (await installation.start()).stop();
      const firstStartMs = performance.now() - firstAt;
      const [starts, bares]: [number[], { readyMs: number; rssMB: number }[]] = [[], []];
      for (let i = 0; i < (small ? 2 : 7); i += 1) {
        say(`start ${i + 1}…`);
        const at = performance.now();
        const product = await installation.start();
        starts.push(performance.now() - at);
        bares.push(await measureBareNode(beside.url));
        await product.stop();
      }
      const product = await installation.start();
      try {
        say('idle…');
        await sleep(small ? 5_000 : 20_000);
        const before = readProcesses(product.pid);
        const idleS = small ? 10 : 60;
        await sleep(idleS * 1_000);
        const idle = readProcesses(product.pid);
        say('in use…');
        const calls = await useFor(installation.url, small ? 5_000 : 60_000);
        await sleep(small ? 2_000 : 20_000);
        const after = readProcesses(product.pid);
        const cpuShare = ((idle.app.cpuMs - before.app.cpuMs) / (idleS * 1_000)) * 100;
        const stackCpuShare = ((idle.all.cpuMs - before.all.cpuMs) / (idleS * 1_000)) * 100;
        const bareRssMB = median(bares.map((it) => it.rssMB));
        const perBare = (mb: number) => Math.round((mb / bareRssMB) * 100) / 100;
        const figures = {
          rssMB: round(idle.app.rssMB),
          cpuPercent: Math.round(cpuShare * 100) / 100,
          startMs: Math.round(median(starts)),
          startMaxMs: Math.round(Math.max(...starts)),
          firstStartMs: Math.round(firstStartMs),
          stackPssMB: round(idle.all.pssMB),
          stackCpuPercent: Math.round(stackCpuShare * 100) / 100,
          calls,
          rssAfterUseMB: round(after.app.rssMB),
          installedMB: round(weighInstallation()),
          bareRssMB: round(bareRssMB),
          bareReadyMs: Math.round(median(bares.map((it) => it.readyMs))),
          floorRssMB: FLOORS.rssMB,
          floorCpuPercent: FLOORS.cpuShare,
          floorStartMs: FLOORS.startMs,
          targetRssMB: TARGETS.rssMB,
          targetCpuPercent: TARGETS.cpuShare,
          targetStartMs: TARGETS.startMs,
          targetStackMB: TARGETS.stackMB,
        };
        const pass = figures.rssMB <= FLOORS.rssMB && cpuShare <= FLOORS.cpuShare && figures.startMs <= FLOORS.startMs;
        const bounds = { floor: perBare(FLOORS.rssMB), target: perBare(TARGETS.rssMB) };
        return { name: 'B10', figures, ratio: perBare(idle.app.rssMB), better: 'lower', ...bounds, pass };
      } finally {
        await product.stop();
      }
    } finally {
      await beside.close();
      installation.remove();
    }
  },
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A PostgreSQL of its own for the Node that does nothing else. */
async function openDatabaseBeside(): Promise<{ url: string; close: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'goalpost-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog({ level: 'warn', to: process.stderr }) });
  const close = () => postgres.stop().finally(() => rm(dataDir, { recursive: true, force: true }));
  return { url: postgres.url('postgres', 'postgres'), close };
}

/** Somebody who looks at their rooms without a pause for so long; how many answers they got. */
async function useFor(url: string, ms: number): Promise<number> {
  const { client } = await signUpOwnerIn(url);
  const { id: workspaceId } = await client.workspaces.create({ name: 'Bench', language: 'en', zone: 'UTC' });
  const until = performance.now() + ms;
  let answered = 0;
  const look = async () => {
    while (performance.now() < until) {
      await client.today.get({ workspaceId });
      await client.channels.list({ workspaceId });
      answered += 2;
      // As fast as a few people would, below the 600 calls a minute that one may make.
      await sleep(850);
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, look));
  return answered;
}
