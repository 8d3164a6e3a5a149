/** The process of one fault: told its name and size, it tells its parent what it does and what came of it. */

import { faults } from './faults.ts';
import { runFault } from './run-fault.ts';
import type { Size } from './stage.ts';

const [name, size] = process.argv.slice(2);
const fault = faults.find((it) => it.name === name);
if (!fault) throw new Error(`There is no fault ${name}.`);
const leaving = new AbortController();
process.once('disconnect', () => leaving.abort());
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => leaving.abort());
const result = await runFault(fault, {
  size: size as Size,
  say: (line) => process.send?.({ say: line }),
  until: leaving.signal,
});
process.send?.({ result }, () => process.exit(0));
