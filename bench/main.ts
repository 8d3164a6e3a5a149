import { drain } from './b1-drain.ts';
import { burstLateness } from './b2-burst-lateness.ts';
import { steadyLateness } from './b3-steady-lateness.ts';
import { footprint } from './b10-footprint.ts';
import { frontEnd } from './b11-front-end.ts';
import { recovery } from './b12-recovery.ts';
import type { Benchmark } from './benchmark.ts';
import { scaleWorkers } from './scale-workers.ts';

const benchmarks: readonly Benchmark[] = [
  drain,
  burstLateness,
  steadyLateness,
  footprint,
  frontEnd,
  recovery,
  scaleWorkers,
];
const usage = 'npm run bench -- --list | NAME [--json] [--small]';

const args = process.argv.slice(2);
const flags = new Set(args.filter((arg) => arg.startsWith('--')));
const [name] = args.filter((arg) => !arg.startsWith('--'));
const wanted = benchmarks.find((benchmark) => benchmark.name === name?.toUpperCase());
const asJson = flags.has('--json');

if (flags.has('--list')) {
  for (const benchmark of benchmarks) console.log(`${benchmark.name.padEnd(6)} ${benchmark.about}`);
} else if (!wanted) {
  console.error(name ? `There is no benchmark ${name}.\n${usage}` : usage);
  process.exitCode = 1;
} else {
  // With --json the last line of the output is the result; what is said on the way goes to the other stream.
  const result = await wanted.run({ small: flags.has('--small'), say: (line) => console.error(line) });
  if (asJson) console.log(JSON.stringify(result));
  else {
    console.log(`${result.name}: ${result.pass ? 'within its floor' : 'BELOW ITS FLOOR'}`);
    for (const [figure, value] of Object.entries(result.figures)) {
      const [least, most] = result.spread?.[figure] ?? [];
      console.log(`  ${figure.padEnd(28)} ${value}${least === undefined ? '' : `  (${least} to ${most})`}`);
    }
    console.log(`  ratio ${result.ratio} (floor ${result.floor}, target ${result.target}; ${result.better} is better)`);
  }
  process.exit(result.pass ? 0 : 1);
}
