/** A limit of time for what is about to begin. */
export interface TimeLimit {
  /** Aborts when the time is up, or when the caller's own signal does. */
  signal: AbortSignal;
  /** Whether it was the time. */
  isUp(): boolean;
  /** To be called when it is over, however it went: nothing is watched any more. */
  end(): void;
}

/**
 * What `AbortSignal.timeout` and `AbortSignal.any` do, but over when the work is: theirs last until the time is up, which
 * with thousands of sends a second is a large part of all that a worker does.
 */
export function limitTime(ms: number, outer?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let isUp = false;
  const timer = setTimeout(() => {
    isUp = true;
    controller.abort(new DOMException('The time for it is up.', 'TimeoutError'));
  }, ms);
  timer.unref();
  const follow = () => controller.abort(outer?.reason);
  if (outer?.aborted) follow();
  else outer?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    isUp: () => isUp,
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
}
