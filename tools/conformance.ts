import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'vite';
import type { PreviewProps } from '#connectors/kit/preview.ts';
import {
  capabilityNames,
  holdToExpected,
  runConformance,
  type Standing,
} from '#connectors/kit/testing/conformance/index.ts';
import { networks } from '#connectors/registry.manifests.ts';
import { expectedFile, findSubjects, openHouseParts, readExpected } from '#test/conformance/index.ts';

// Every connector through the one suite: `npm run conformance -- [network …] [--only capability] [--json] [--write]`.
// With --json the last line of the output is the result; what is said on the way goes to the other stream.

const root = path.join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const asJson = args.includes('--json');
const onlyAt = args.indexOf('--only');
const only =
  onlyAt < 0 ? capabilityNames : capabilityNames.filter((name) => args[onlyAt + 1]?.split(',').includes(name));
const named = args.filter((arg, at) => !arg.startsWith('--') && (onlyAt < 0 || at !== onlyAt + 1));
const say = (line: string): void => void (asJson ? process.stderr : process.stdout).write(`${line}\n`);

const found = await runAll();
const complaints = [...listUntried(), ...holdToExpected(found, readExpectedOf(Object.keys(found)))];
if (args.includes('--write')) writeExpected(found);
else for (const complaint of complaints) say(complaint);
if (asJson) process.stdout.write(`${JSON.stringify(found)}\n`);
else if (complaints.length === 0) say('Every network has what is written down about it, and nothing else.');
process.exit(complaints.length === 0 || (args.includes('--write') && !hasFailure(found)) ? 0 : 1);

async function runAll(): Promise<Standing> {
  // Components are loaded as the web build would load them.
  const vite = await createServer({
    root: path.join(root, 'src/web'),
    configFile: path.join(root, 'vite.config.ts'),
    server: { middlewareMode: true, ws: false, watch: null },
    appType: 'custom',
    logLevel: 'error',
  });
  const drawn = path.join(root, 'test/conformance/draw-preview.ts');
  const { house, close } = openHouseParts(async (network: string, props: PreviewProps) => {
    const { drawPreview } = (await vite.ssrLoadModule(drawn)) as typeof import('#test/conformance/draw-preview.ts');
    return drawPreview(network, props);
  });
  const standing: Standing = {};
  try {
    for (const subject of await findSubjects()) {
      if (named.length > 0 && !named.includes(subject.network)) continue;
      say(`${subject.network}: starting`);
      const open = await subject.open();
      try {
        const findings = await runConformance(subject.network, open, {
          house,
          only,
          tell: ({ capability, state, why, tookMs }) =>
            say(`  ${state.padEnd(7)} ${capability} (${tookMs} ms)${why === null ? '' : `\n          ${why}`}`),
        });
        standing[subject.network] = Object.fromEntries(findings.map(({ capability, state }) => [capability, state]));
      } finally {
        await open.stop();
      }
    }
  } finally {
    await close();
    await vite.close();
  }
  return standing;
}

/** Networks of the registry that bring nothing to the suite. */
function listUntried(): string[] {
  if (named.length > 0) return [];
  return Object.keys(networks)
    .filter((network) => !(network in found))
    .map((network) => `${network}: it has no src/connectors/${network}/testing.ts`);
}

function readExpectedOf(tried: string[]): Standing {
  const all = readExpected();
  if (named.length === 0 && onlyAt < 0) return all;
  return Object.fromEntries(
    tried.map((network) => [
      network,
      Object.fromEntries(Object.entries(all[network] ?? {}).filter(([name]) => only.some((it) => it === name))),
    ]),
  );
}

function hasFailure(standing: Standing): boolean {
  return Object.values(standing).some((states) => Object.values(states).includes('fail'));
}

/** Writes down what was found, in place of what was expected; never a failure. */
function writeExpected(standing: Standing): void {
  if (hasFailure(standing)) {
    say('Nothing was written down: something failed.');
    return;
  }
  const next = { ...readExpected() };
  for (const [network, states] of Object.entries(standing)) next[network] = { ...next[network], ...states };
  const sorted = Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(expectedFile, `${JSON.stringify(sorted, null, 2)}\n`);
  say('Written down.');
}
