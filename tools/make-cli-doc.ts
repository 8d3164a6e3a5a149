import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { operateCommands } from '#server/entry/operate/index.ts';
import { describeCommands } from '../src/cli/describe-commands.ts';

/** Where the help of the command line is kept as a document. */
export const cliDocFile = path.join(import.meta.dirname, '../docs/cli.md');

/** What it must hold. */
export const makeCliDoc = (): string => describeCommands(operateCommands);

if (process.argv[1] === import.meta.filename) writeFileSync(cliDocFile, makeCliDoc());
