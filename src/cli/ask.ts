import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './failures.ts';
import type { Terminal } from './terminal.ts';

/** Asks the person at the terminal; what is secret is not shown while it is typed. Fails when nobody is there. */
export async function ask(terminal: Terminal, question: string, { secret = false } = {}): Promise<string> {
  const { stdin, complain, speech } = terminal;
  if (stdin.isTTY !== true) throw new UsageError(speech.say('login.nobody', { question }));
  complain(`${question}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: secret ? silent : process.stderr, terminal: secret });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => reject(new UsageError(speech.say('login.nobody', { question }))));
    });
  } finally {
    lines.close();
    if (secret) complain('\n');
  }
}
