/** A frame that is drawn is on the screen some frames later. */
const PAUSE_MS = 100;

/** Does something once what was just drawn is on the screen. Returns how to leave it undone. */
export function afterPaint(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(act, PAUSE_MS);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
