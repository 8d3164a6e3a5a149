import { writeFileSync } from 'node:fs';
import { renderPicture } from './render-picture.ts';
import { MEMORY_EXIT_STATUS, type RenderOutcome, type RenderTask } from './render-task.ts';

// A process of its own, started by `start-renderer.ts` with its memory in bytes: one task after another over the
// channel to its parent.

const maxRssBytes = Number(process.argv[2]);

// Memory outside of JavaScript's heap has no limit of its own, so the process watches itself.
setInterval(() => {
  if (process.memoryUsage.rss() > maxRssBytes) process.exit(MEMORY_EXIT_STATUS);
}, 20).unref();

// Where memory runs out all the same, the kernel ends this process and not the house.
if (process.platform === 'linux') {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // A container may forbid it; the watch above stands.
  }
}

process.on('disconnect', () => process.exit(0));
process.on('message', (task: RenderTask) => {
  render(task).then((outcome) => process.send?.(outcome));
});

/** What reads videos is loaded with the first of them. */
async function render(task: RenderTask): Promise<RenderOutcome> {
  if (task.kind !== 'keep-video') return renderPicture(task);
  const { keepVideo } = await import('./render-video.ts');
  return keepVideo(task);
}
