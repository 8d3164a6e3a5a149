import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/**
 * Reads the database's secret from its file, making both at the first start, and returns the
 * function that gives each login the password derived from it.
 */
export function keepPassword(file: string): (login: string) => string {
  const secret = readSecret(file) ?? makeSecret(file);
  return (login) => createHmac('sha256', secret).update(login).digest('base64url');
}

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function makeSecret(file: string): string {
  const secret = randomBytes(32).toString('base64url');
  const draft = `${file}.new`;
  // Written down for good before any login is made with it: a cluster whose secret was lost in a
  // power failure could not be opened again.
  const handle = openSync(draft, 'w', 0o600);
  writeSync(handle, `${secret}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
  return secret;
}
