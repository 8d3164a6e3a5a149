import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdLock } from './hold-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'goalpost-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lockFile = (): string => path.join(folder, 'lock');

test('a held lock is refused, names its holder, and is free again when given back', () => {
  const release = holdLock(lockFile());
  expect(() => holdLock(lockFile())).toThrow(`process ${process.pid}`);
  release();
  holdLock(lockFile())();
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock whose holder died is taken over', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const release = holdLock(lockFile());
  const lock = JSON.parse(readFileSync(lockFile(), 'utf8'));
  release();
  writeFileSync(lockFile(), JSON.stringify({ ...lock, pid: child.pid }));
  child.kill('SIGKILL');
  await once(child, 'exit');
  holdLock(lockFile())();
});

test('a lock whose holder died and whose id now belongs to another process is taken over', () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: process.ppid, start: 'long ago' }));
  holdLock(lockFile())();
});

test('an unreadable lock is taken over, a lock taken over by another is not removed on release', () => {
  writeFileSync(lockFile(), 'half-writ');
  const release = holdLock(lockFile());
  writeFileSync(lockFile(), 'another');
  release();
  expect(existsSync(lockFile())).toBe(true);
});
