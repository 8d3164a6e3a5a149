import { type ChildProcess, fork } from 'node:child_process';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { openFairQueue } from './fair-queue.ts';
import { MEMORY_EXIT_STATUS, type RenderOutcome, type RenderTask } from './render-task.ts';

export interface RendererOptions {
  /** A task that takes longer is ended with its process; 15 000 ms when absent. */
  timeoutMs?: number;
  /** After this time without a task the process ends; 30 000 ms when absent. */
  idleMs?: number;
  /** A task that needs more is ended with its process; 1 GiB when absent, or half of what the machine or container has. */
  maxRssBytes?: number;
}

export interface Renderer {
  /**
   * Renders one task after another: each lane's in the order they came, the lanes (workspaces) in turn, so that nobody
   * waits for all of somebody else's. Never throws: a process that dies is an outcome.
   */
  render(task: RenderTask, lane?: string): Promise<RenderOutcome>;
  /** Pid of the process, null while there is none. */
  pid(): number | null;
  close(): void;
}

/** Starts a rendering process with the first task and ends it when it has been idle, so that an idle house is small. */
export function startRenderer(options: RendererOptions = {}): Renderer {
  const { timeoutMs = 15_000, idleMs = 30_000, maxRssBytes = memoryForRendering() } = options;
  const queue = openFairQueue();
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;

  const end = (): void => {
    clearTimeout(idle);
    child?.kill('SIGKILL');
    child = null;
  };
  const runNow = async (task: RenderTask): Promise<RenderOutcome> => {
    clearTimeout(idle);
    child ??= startProcess(maxRssBytes, (gone) => {
      if (child === gone) child = null;
    });
    const outcome = await askProcess(child, task, timeoutMs);
    if (!outcome.ok && endings.includes(outcome.failure)) end();
    idle = setTimeout(end, idleMs);
    idle.unref();
    return outcome;
  };
  return {
    render: (task, lane = '') => queue.run(lane, () => runNow(task)),
    pid: () => child?.pid ?? null,
    close: end,
  };
}

/** Failures after which the process is gone, or has to go. */
const endings: readonly string[] = ['timed-out', 'crashed', 'too-much-memory'];

const GIB = 1024 ** 3;

/** In a small container the house itself needs the other half. */
function memoryForRendering(): number {
  const limit = process.constrainedMemory() || totalmem();
  return Math.min(GIB, Math.max(GIB / 4, limit / 2));
}

function startProcess(maxRssBytes: number, onGone: (child: ChildProcess) => void): ChildProcess {
  const child = fork(join(import.meta.dirname, 'render-process.ts'), [String(maxRssBytes)], {
    // Nothing of ours: no settings, no keys.
    env: {},
    execArgv: ['--max-old-space-size=256'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // The house may end while the process is idle; it follows when its channel closes.
  child.unref();
  child.channel?.unref();
  child.once('exit', () => onGone(child));
  return child;
}

function askProcess(child: ChildProcess, task: RenderTask, timeoutMs: number): Promise<RenderOutcome> {
  return new Promise((done) => {
    const settle = (outcome: RenderOutcome): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onGone).off('error', onGone);
      child.channel?.unref();
      done(outcome);
    };
    const onMessage = (outcome: unknown): void => settle(outcome as RenderOutcome);
    const onGone = (status?: unknown): void =>
      settle({ ok: false, failure: status === MEMORY_EXIT_STATUS ? 'too-much-memory' : 'crashed' });
    const timer = setTimeout(() => settle({ ok: false, failure: 'timed-out' }), timeoutMs);
    child.once('message', onMessage).once('exit', onGone).once('error', onGone);
    child.channel?.ref();
    child.send(task, (error) => {
      if (error) onGone();
    });
  });
}
