import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What the wall checker saw. */
export type Cruise = {
  /** Each broken wall as `name: from → to`. */
  readonly breaches: string[];
  /** Source files that the checker read. */
  readonly read: number;
  /** Source files that are there. */
  readonly present: number;
};

const ROOTS = ['src', 'test', 'e2e', 'tools', 'bench', 'faults'];

type Report = {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
};

/**
 * Reads all imports of the tree and holds them against `.dependency-cruiser.cjs`.
 *
 * With a compiler it does not understand, the checker reads nothing, finds nothing and is
 * content; so what it read is counted as well.
 */
export async function cruiseWalls(tree: string): Promise<Cruise> {
  const roots = ROOTS.filter((folder) => existsSync(path.join(tree, folder)));
  const program = path.join(tree, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const text = await run(
    process.execPath,
    [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...roots],
    tree,
  );
  const { modules, summary }: Report = JSON.parse(text);
  const present = roots.flatMap((folder) =>
    readdirSync(path.join(tree, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
      .filter((file) => /\.(ts|tsx|cjs|mjs)$/.test(file) && !/^(test\/servers|bench\/lighthouse)\//.test(file)),
  );
  const sources = new Set(modules.map(({ source }) => source));
  return {
    breaches: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    read: present.filter((file) => sources.has(file)).length,
    present: present.length,
  };
}

function run(program: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // The checker ends with the number of broken walls, so its exit code says nothing of itself.
    execFile(program, args, { cwd, maxBuffer: 256 * 1024 * 1024 }, (error, output, complaint) => {
      if (output.startsWith('{')) resolve(output);
      else reject(new Error(`The wall checker failed: ${complaint || error?.message}`));
    });
  });
}
