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

/** Does it and gives the exit code: 0 fine, 1 not, 2 not understood. */
export type Operate = (operating: Operating) => Promise<number>;

export interface OperateCommand {
  /** As it is typed: `audit verify`. */
  name: string;
  /** What it does, in one line. */
  help: string;
  load: () => Promise<Operate>;
}
