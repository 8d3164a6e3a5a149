import type { Readable } from 'node:stream';
import type { Speech } from './speech.ts';

/** What the command line is started with. */
export interface Start {
  /** Everything behind the program's name. */
  words: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  version: string;
  stdin: Readable & { isTTY?: boolean };
  /** Writes to standard output as it stands. */
  print(text: string): void;
  /** Writes to standard error as it stands. */
  complain(text: string): void;
}

/** The start, and how this person is spoken to. */
export interface Terminal extends Start {
  speech: Speech;
  /** Answers and errors as JSON documents instead of words. */
  json: boolean;
  /** Folder that relative file names begin at: where the person stands, not where npm went. */
  folder: string;
}

/** What a run of the command line ends with. */
export const exitCodes = { fine: 0, refused: 1, usage: 2, unreachable: 3 } as const;
