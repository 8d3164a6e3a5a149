import type { z } from 'zod';
import { invalid } from '../refusal.ts';

/** A body as the schema wants it, or a refusal that names the field. */
export function readJson<T extends z.ZodType>(schema: T, json: unknown): z.output<T> {
  const found = schema.safeParse(json);
  if (found.success) return found.data;
  throw invalid(found.error.issues[0]?.path.join('.') || 'body', 'invalid');
}
