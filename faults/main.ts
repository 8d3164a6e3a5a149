import { faults } from './faults.ts';
import { addTallies } from './judge.ts';
import { runAtOnce } from './run-at-once.ts';
import type { Size } from './stage.ts';

const usage = 'npm run faults -- [--only F1,F5] [--small | --soak] [--json] | --list';

const args = process.argv.slice(2);
const flags = new Set(args.filter((arg) => arg.startsWith('--')));
const size: Size = flags.has('--small') ? 'small' : flags.has('--soak') ? 'soak' : 'whole';
const only = flags.has('--only') ? (args[args.indexOf('--only') + 1] ?? '').toUpperCase().split(',') : null;
const wanted = faults.filter(({ name, sizes }) =>
  only ? only.includes(name) : (sizes ?? ['small', 'whole']).includes(size),
);

if (flags.has('--list')) {
  for (const { name, about } of faults) console.log(`${name.padEnd(4)} ${about}`);
} else if (wanted.length === 0) {
  console.error(`There is no such fault.\n${usage}`);
  process.exitCode = 1;
} else {
  // With --json the last line of the output is the result; what is said on the way goes to the other stream.
  const startedAt = performance.now();
  const results = await runAtOnce(wanted, { size, say: (line) => console.error(line) });
  const { lateP50Ms: _, ...tally } = addTallies(results);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  if (flags.has('--json')) console.log(JSON.stringify({ ...tally, seconds, faults: results }));
  else {
    for (const { name, scheduled, published, held, failed, duplicates, missed, unconfirmed, pass } of results) {
      const rest = `${held} held, ${failed} failed, ${unconfirmed} unconfirmed, ${duplicates} duplicates, ${missed} missed`;
      console.log(`${name.padEnd(4)} ${pass ? 'passed' : 'FAILED'}: ${published} of ${scheduled} published, ${rest}`);
    }
    console.log(`${tally.pass ? 'All passed' : 'NOT all passed'}, in ${seconds} s`);
  }
  process.exitCode = tally.pass ? 0 : 1;
}
