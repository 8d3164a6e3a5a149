import { readFailure } from './failure.ts';

/** Messages by field path of a refused call, to be shown at the fields: `{ deadlineOn: 'This date …' }`. */
export function readProblems(error: unknown): Record<string, string> {
  const failure = error ? readFailure(error) : null;
  if (failure?.kind !== 'refused') return {};
  return Object.fromEntries(failure.problems.map(({ field, message, code }) => [field, message ?? code]));
}
