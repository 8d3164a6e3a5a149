import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { buildWorker } from './build-worker.ts';

const root = path.join(import.meta.dirname, '..');
const stamp = path.join(root, 'dist/web.built-from');

await buildWebIfStale();

/** Builds the interface into `dist/web`, unless what is there was built from the same sources. */
async function buildWebIfStale(): Promise<void> {
  const sources = hashSources();
  const built =
    existsSync(stamp) && existsSync(path.join(root, 'dist/web/index.html')) ? readFileSync(stamp, 'utf8') : '';
  if (built === sources) return;
  process.stdout.write('Building the interface (once)…\n');
  const startedAt = performance.now();
  rmSync(stamp, { force: true });
  const { build } = await import('vite');
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });
  await buildWorker({ root, folder: path.join(root, 'dist/web') });
  compressAssets(path.join(root, 'dist/web/assets'));
  compressAssets(path.join(root, 'dist/web'));
  // Written last: a build that was interrupted is built again.
  writeFileSync(stamp, sources);
  process.stdout.write(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n`);
}

/** Lays a compressed copy beside each file that words make large; fonts are compressed already. */
function compressAssets(folder: string): void {
  for (const name of readdirSync(folder).filter((it) => /\.(js|css|svg|json|webmanifest)$/.test(it))) {
    const bytes = readFileSync(path.join(folder, name));
    if (bytes.byteLength < 1_024) continue;
    writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(bytes));
    writeFileSync(path.join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

/** One hash over everything that the bundle can hold: all sources but those of the server and the command line. */
function hashSources(): string {
  const hash = createHash('sha256');
  const inSrc = readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^src[\\/](server|cli)[\\/]/.test(file) && !/\.test\.tsx?$/.test(file));
  for (const file of [
    ...inSrc,
    'package-lock.json',
    'package.json',
    'tools/build-worker.ts',
    'vite.config.ts',
  ].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}
