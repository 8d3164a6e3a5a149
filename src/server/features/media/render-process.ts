import { renderPicture } from './render-picture.ts';
import type { RenderTask } from './render-task.ts';

// A process of its own, started by `start-renderer.ts`: one task after another over the channel to its parent.

/** Memory outside of JavaScript's heap has no limit of its own, so the process watches itself. */
const MAX_RSS_BYTES = 1024 * 1024 * 1024;

setInterval(() => {
  if (process.memoryUsage.rss() > MAX_RSS_BYTES) process.exit(1);
}, 50).unref();

process.on('disconnect', () => process.exit(0));
process.on('message', (task: RenderTask) => {
  renderPicture(task).then((outcome) => process.send?.(outcome));
});
