import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** What an installation takes on this machine's disk, in MB: packages that ship, sources and the built interface. */
export function weighInstallation(): number {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  const packages = Object.entries(lock.packages)
    .filter(([name, { dev, devOptional }]) => name !== '' && !dev && !devOptional)
    .map(([name]) => name);
  return (
    [...packages, 'src', 'dist', 'migrations', 'docs'].reduce((sum, name) => sum + weigh(path.join(root, name)), 0) /
    1e6
  );
}

function weigh(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    // A package inside another one stands in the lock file by itself.
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + weigh(path.join(folder, entry.name));
    return entry.isFile() ? sum + statSync(path.join(folder, entry.name)).size : sum;
  }, 0);
}
