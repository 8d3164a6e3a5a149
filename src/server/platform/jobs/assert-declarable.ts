import type { JobDefinition } from '../context/index.ts';

/** Throws when a job cannot be declared: another one has its name, or its name or its cron is none. */
export function assertDeclarable(
  { name, cron, run }: Pick<JobDefinition<never>, 'name' | 'cron' | 'run'>,
  others: ReadonlyMap<string, unknown>,
): void {
  if (others.has(name)) throw new Error(`two jobs are called ${name}`);
  if (!/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(name)) throw new Error(`${name} is no name of a job: noun.verb`);
  if (typeof run !== 'function') throw new Error(`the job ${name} has no verb`);
  if (cron !== undefined && !isCron(cron)) throw new Error(`the job ${name} has a cron that is none: ${cron}`);
}

/** Lowest and highest value of minute, hour, day of the month, month, day of the week. */
const spans = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Five fields, each a list of values, spans and steps in numbers. */
function isCron(text: string): boolean {
  const fields = text.split(' ');
  return fields.length === spans.length && spans.every(([min, max], i) => isField(fields[i] ?? '', min, max));
}

function isField(field: string, min: number, max: number): boolean {
  return field.split(',').every((part) => {
    const found = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!found) return false;
    const [, from = String(min), to = from, step = '1'] = found;
    const within = [from, to].every((value) => Number(value) >= min && Number(value) <= max);
    return within && Number(from) <= Number(to) && Number(step) >= 1 && Number(step) <= max;
  });
}
