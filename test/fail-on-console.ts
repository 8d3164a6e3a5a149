import { afterEach, beforeEach } from 'vitest';

/** Makes every `console` call fail the test in which it happens: what is worth saying goes through the log. */
const calls: string[] = [];
for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
  console[name] = (...args: unknown[]) => {
    calls.push(`console.${name}(${args.map(String).join(', ')})`);
  };
}

beforeEach(() => {
  calls.length = 0;
});
afterEach(() => {
  const said = calls.splice(0);
  if (said.length > 0) throw new Error(`A test must not write to the console:\n${said.join('\n')}`);
});
