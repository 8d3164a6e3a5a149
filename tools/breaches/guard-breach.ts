/** One change of the tree that a guard other than the walls must notice. */
export interface GuardBreach {
  readonly guard: string;
  readonly file: string;
  /** Makes the broken text out of the file's own; the file is made where it is not there. */
  readonly change: (text: string) => string;
  /** What must notice: one named test, or a command. Each passes on the whole tree. */
  readonly notices: NamedTest | Command;
}

/** A test by its file and its name as it is reported; a name that begins others stands for all of them. */
export interface NamedTest {
  readonly test: string;
  readonly name: string;
  /** A test of that file without which this one says nothing. */
  readonly after?: string;
}

/** A program and its words. */
export interface Command {
  readonly command: readonly string[];
}

/** Changes one place of a text. A breach that changes nothing is counted as missed. */
export const swap =
  (from: string | RegExp, to: string) =>
  (text: string): string =>
    text.replace(from, () => to);

/** Adds a line behind a text. */
export const add = (line: string) => (text: string) => `${text}\n${line}\n`;

/** The breach of one line that a named test must notice. */
export const breach = (
  guard: string,
  [file, change]: readonly [file: string, change: GuardBreach['change']],
  [test, name, after]: readonly [test: string, name: string, after?: string],
): GuardBreach => ({ guard, file, change, notices: { test, name, ...(after === undefined ? {} : { after }) } });
