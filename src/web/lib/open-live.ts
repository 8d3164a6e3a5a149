/** What changed, without a word of what it says now. */
export interface LiveChange {
  /** `noun.past` of what happened, or the operation that did it. */
  kind: string;
  ids: Record<string, string>;
}

/** A tab that nobody looks at closes its stream after this: browsers have few connections to give to one host. */
const UNSEEN_MS = 10_000;
/** The server says something every twenty seconds: after this the line is dead, as it is after sleep. */
const SILENT_MS = 70_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Opens a stream of changes while the tab is seen, and returns how to close it. It comes back by itself, ever more
 * patiently, after a lost line, after sleep and when the tab is looked at again; since then anything may have changed.
 */
export function openLive(
  address: string,
  on: { tell: (changes: readonly LiveChange[]) => void; over: () => void },
): () => void {
  let source: EventSource | null = null;
  let waitMs = FIRST_WAIT_MS;
  let again: ReturnType<typeof setTimeout> | undefined;
  let unseen: ReturnType<typeof setTimeout> | undefined;
  let silent: ReturnType<typeof setTimeout> | undefined;
  let mayHaveMissed = false;
  let isOver = false;

  const shut = () => {
    source?.close();
    source = null;
    clearTimeout(again);
    clearTimeout(silent);
    again = undefined;
  };
  const hear = () => {
    clearTimeout(silent);
    silent = setTimeout(comeBack, SILENT_MS);
  };
  const open = () => {
    if (source || isOver || document.visibilityState === 'hidden') return;
    clearTimeout(again);
    const next = new EventSource(address);
    source = next;
    next.addEventListener('open', () => {
      hear();
      waitMs = FIRST_WAIT_MS;
      if (mayHaveMissed) on.tell([]);
      mayHaveMissed = true;
    });
    next.addEventListener('beat', hear);
    next.addEventListener('change', (event) => {
      hear();
      on.tell(readChanges(event.data));
    });
    next.addEventListener('over', () => {
      isOver = true;
      shut();
      on.over();
    });
    next.addEventListener('error', () => {
      // While it connects again by itself, the browser looks after it.
      if (next.readyState !== EventSource.CLOSED || source !== next) return;
      shut();
      mayHaveMissed = true;
      again = setTimeout(open, waitMs * (0.5 + Math.random()));
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    });
  };
  const look = () => {
    clearTimeout(unseen);
    if (document.visibilityState === 'visible') open();
    else unseen = setTimeout(shut, UNSEEN_MS);
  };
  const comeBack = () => {
    shut();
    waitMs = FIRST_WAIT_MS;
    open();
  };

  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', comeBack);
  open();
  return () => {
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('online', comeBack);
    clearTimeout(unseen);
    shut();
  };
}

function readChanges(text: unknown): LiveChange[] {
  try {
    const parsed: unknown = JSON.parse(String(text));
    return Array.isArray(parsed) ? (parsed as LiveChange[]) : [];
  } catch {
    return [];
  }
}
