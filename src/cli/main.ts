import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from './run-cli.ts';

const packageFile = path.join(import.meta.dirname, '../../package.json');
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

// Who reads may have read enough: `goalpost posts list | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCli({
  words: process.argv.slice(2),
  env: process.env,
  version,
  stdin: process.stdin,
  print: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
});
