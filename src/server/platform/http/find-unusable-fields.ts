import type { FieldProblem } from '#contract/refusals.ts';

/**
 * The fields of a call that parsing lets pass and that cannot be used all the same: those its schema does not know, and
 * texts with a NUL character, which the database cannot keep. Parsing leaves unknown fields out, so whatever the raw
 * input has and the parsed one has not is unknown; a misspelt field must not look as if it had been saved.
 */
export function findUnusableFields(raw: unknown, parsed: unknown, path = ''): FieldProblem[] {
  if (typeof raw === 'string') return raw.includes('\u0000') ? [{ field: path, code: 'malformed' }] : [];
  if (Array.isArray(raw) && Array.isArray(parsed))
    return raw.flatMap((item, i) => findUnusableFields(item, parsed[i], path ? `${path}.${i}` : String(i)));
  if (!isPlain(raw) || !isPlain(parsed)) return [];
  return Object.entries(raw).flatMap(([key, value]) => {
    const field = path ? `${path}.${key}` : key;
    if (value === undefined) return [];
    if (!Object.hasOwn(parsed, key)) return [{ field, code: 'unknown-field' }];
    return findUnusableFields(value, parsed[key], field);
  });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
