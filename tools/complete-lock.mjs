// Adds to package-lock.json what npm left out of it: an entry for every optional dependency that the
// lock file names but lacks. npm leaves out platform packages that its registry does not have, and
// `npm ci` then refuses the whole lock file. With --check it only tells what is missing.
// Plain JavaScript, because it must run before anything can be installed.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a package's name says about its operating system, by the words that packages use. */
const SYSTEMS = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win32: 'win32',
  windows: 'win32',
};
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', glibc: 'glibc', musl: 'musl', musleabihf: 'musl' };

const file = path.resolve(process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = findMissing(lock.packages);

if (process.argv.includes('--check')) {
  for (const { name, version, by } of missing)
    console.error(`${name}@${version}, an optional dependency of ${by}, is not in the lock file`);
  if (missing.length > 0) console.error('Run: npm run lock');
  process.exitCode = missing.length > 0 ? 1 : 0;
} else {
  for (const { name, version, dev } of missing) {
    lock.packages[`node_modules/${name}`] = { version, ...(dev ? { dev } : {}), optional: true, ...readPlatform(name) };
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} added to ${path.basename(file)}`);
}

/** The optional dependencies that no entry of the lock file satisfies. */
function findMissing(packages) {
  const found = new Map();
  for (const [by, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (foldersAbove(by).some((folder) => `${folder}node_modules/${name}` in packages)) continue;
      const version = range.replace(/^[\^~]/, '');
      if (!/^\d+\.\d+\.\d+/.test(version))
        throw new Error(`${by} asks for ${name}@${range}, from which no version can be read.`);
      found.set(name, { name, version, by, dev: entry.dev ?? false });
    }
  }
  return [...found.values()];
}

/** The folders in whose node_modules a package may find its dependencies, its own first. */
function foldersAbove(folder) {
  const folders = [''];
  for (let at = folder; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1)))
    folders.unshift(`${at}/`);
  return folders;
}

/** The platform a package is for, read from its name. Throws when the name says nothing: npm would then want it everywhere. */
function readPlatform(name) {
  const words = name.split(/[/@_-]/);
  const system = Object.keys(SYSTEMS).find((word) => words.includes(word));
  const processor = PROCESSORS.find((word) => words.includes(word));
  const library = Object.keys(LIBRARIES).find((word) => words.includes(word));
  if (!system && !processor) throw new Error(`The name ${name} says no platform; add its entry by hand.`);
  return {
    ...(processor ? { cpu: [processor] } : {}),
    ...(system ? { os: [SYSTEMS[system]] } : {}),
    ...(system === 'linux' && library ? { libc: [LIBRARIES[library]] } : {}),
  };
}
