/** Turns pino's JSON into lines for a terminal: `16:25:01 warn  what happened  name=value`. */
export function makePrettyStream(to: { write(line: string): void }): { write(line: string): void } {
  return {
    write(json) {
      const { level, time, msg, err, ...fields }: Record<string, unknown> = JSON.parse(json);
      const shown = Object.entries(fields).map(([name, value]) => ` ${name}=${showValue(value)}`);
      const trace = showError(err);
      to.write(`${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${msg}${shown.join('')}${trace}\n`);
    },
  };
}

function showValue(value: unknown): string {
  return typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value);
}

function showError(error: unknown): string {
  if (error === undefined) return '';
  if (typeof error !== 'object' || error === null) return `\n  ${String(error)}`;
  const text = 'stack' in error ? String(error.stack) : JSON.stringify(error);
  const cause = 'cause' in error ? `\n  because:${showError(error.cause)}` : '';
  return `\n  ${text.replaceAll('\n', '\n  ')}${cause}`;
}
