import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { RenderOutcome, RenderTask } from './render-task.ts';

export interface RendererOptions {
  /** A task that takes longer is ended with its process; 15 000 ms when absent. */
  timeoutMs?: number;
  /** After this time without a task the process ends; 30 000 ms when absent. */
  idleMs?: number;
}

export interface Renderer {
  /** Renders one task after another, in the order they came. Never throws: a process that dies is an outcome. */
  render(task: RenderTask): Promise<RenderOutcome>;
  /** Pid of the process, null while there is none. */
  pid(): number | null;
  close(): void;
}

/** Starts a rendering process with the first task and ends it when it has been idle, so that an idle house is small. */
export function startRenderer({ timeoutMs = 15_000, idleMs = 30_000 }: RendererOptions = {}): Renderer {
  let child: ChildProcess | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  const end = (): void => {
    clearTimeout(idle);
    child?.kill('SIGKILL');
    child = null;
  };
  const runNow = async (task: RenderTask): Promise<RenderOutcome> => {
    clearTimeout(idle);
    child ??= startProcess();
    const outcome = await askProcess(child, task, timeoutMs);
    if (!outcome.ok && (outcome.failure === 'timed-out' || outcome.failure === 'crashed')) end();
    idle = setTimeout(end, idleMs);
    idle.unref();
    return outcome;
  };
  return {
    render(task) {
      const outcome = queue.then(() => runNow(task));
      queue = outcome;
      return outcome;
    },
    pid: () => child?.pid ?? null,
    close: end,
  };
}

function startProcess(): ChildProcess {
  const child = fork(join(import.meta.dirname, 'render-process.ts'), [], {
    // Nothing of ours: no settings, no keys.
    env: {},
    execArgv: ['--max-old-space-size=256'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // The house may end while the process is idle; it follows when its channel closes.
  child.unref();
  child.channel?.unref();
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
    const onGone = (): void => settle({ ok: false, failure: 'crashed' });
    const timer = setTimeout(() => settle({ ok: false, failure: 'timed-out' }), timeoutMs);
    child.once('message', onMessage).once('exit', onGone).once('error', onGone);
    child.channel?.ref();
    child.send(task, (error) => {
      if (error) onGone();
    });
  });
}
