import type { Config } from '#server/platform/config/index.ts';

/** What a command of the operator's is given. */
export interface Operating {
  /** What stands behind its name. */
  args: readonly string[];
  config: Config;
  /** Tells the person, a line at a time. With `json`, one line that is one JSON document. */
  say: (line: string) => void;
  json: boolean;
}

/** Words that a command does not know; `usage` is how it is said. */
export class OperateUsage extends Error {
  constructor(usage: string) {
    super(`Say: ${usage}`);
  }
}

/** Refuses every word behind the name of a command that takes none. */
export function assertNoWords(args: readonly string[], command: string): void {
  if (args.length > 0) throw new OperateUsage(`goalpost ${command} [--json]`);
}

/** Does it and gives the exit code: 0 fine, 1 not. Throws `OperateUsage` for words it does not know. */
export type Operate = (operating: Operating) => Promise<number>;

export interface OperateCommand {
  /** As it is typed: `audit verify`. */
  name: string;
  /** What it does, in one line. */
  help: string;
  load: () => Promise<Operate>;
}
