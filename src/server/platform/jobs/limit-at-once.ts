/** Runs what it is given, so many at once; the others wait, first come, first served. */
export function limitAtOnce(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** Limits what runs at once under one key, and over all keys. */
export interface KeyedLimit {
  /** What waits for its key takes no place from others. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Whether more under this key would have to wait for it. */
  isFull(key: string): boolean;
}

/** Runs so many at once under each key, and so many over all; the others wait, first come, first served. */
export function limitAtOnceEach({ each, all }: { each: number; all: number }): KeyedLimit {
  const limitAll = limitAtOnce(all);
  const keys = new Map<string, { limit: ReturnType<typeof limitAtOnce>; count: number }>();
  return {
    async run(key, work) {
      const entry = keys.get(key) ?? { limit: limitAtOnce(each), count: 0 };
      keys.set(key, entry);
      entry.count += 1;
      try {
        return await entry.limit(() => limitAll(work));
      } finally {
        entry.count -= 1;
        if (entry.count === 0) keys.delete(key);
      }
    },
    isFull: (key) => (keys.get(key)?.count ?? 0) >= each,
  };
}
