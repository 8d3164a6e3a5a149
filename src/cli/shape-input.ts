import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './failures.ts';
import { toCamel } from './list-commands.ts';
import { listKinds, type Schema, stepInto } from './schema.ts';
import type { Terminal } from './terminal.ts';

type Fields = Record<string, unknown>;

/**
 * Puts one option's values into an input, in the kinds its schema has there; `name` is a path by dots. Throws
 * `UsageError` for a value that does not fit; the field is there.
 */
export function putField(
  input: Fields,
  { name, values, schema, terminal }: { name: string; values: (string | true)[]; schema: Schema; terminal: Terminal },
): void {
  const found = findField(schema, name);
  if (!found) throw new Error(`There is no field ${name}.`);
  const { steps, kinds } = found;
  let place: Fields | unknown[] = input;
  for (const [i, step] of steps.slice(0, -1).entries()) {
    const next = /^\d+$/.test(steps[i + 1] ?? '') ? [] : {};
    place = (get(place, step) ?? set(place, step, next)) as Fields | unknown[];
  }
  set(place, steps.at(-1) ?? '', readValues(values, { name, kinds, terminal }));
}

/** The way to a field in the schema's own spelling, with what may stand there; null when there is no such field. */
export function findField(schema: Schema, name: string): { steps: string[]; kinds: Schema[] } | null {
  let kinds = listKinds(schema);
  const steps: string[] = [];
  for (const written of name.split('.')) {
    const step = kinds.some(({ properties }) => properties?.[toCamel(written)]) ? toCamel(written) : written;
    kinds = stepInto(kinds, step);
    if (kinds.length === 0) return null;
    steps.push(step);
  }
  return { steps, kinds };
}

const get = (place: Fields | unknown[], step: string): unknown => (place as Fields)[step];

function set(place: Fields | unknown[], step: string, value: unknown): unknown {
  (place as Fields)[step] = value;
  return value;
}

interface Reading {
  name: string;
  kinds: Schema[];
  terminal: Terminal;
}

function readValues(values: (string | true)[], reading: Reading): unknown {
  const list = reading.kinds.find(({ type }) => type === 'array');
  const last = values.at(-1);
  if (!list) return readValue(last ?? true, reading);
  if (values.length === 1 && typeof last === 'string' && last.trim().startsWith('[')) return readJson(last, reading);
  if (values.length === 1 && last === 'null' && reading.kinds.some(({ type }) => type === 'null')) return null;
  const items = listKinds(list.items ?? {});
  // Names of a closed list hold no commas, so they may stand in one word.
  const single = items.some((kind) => kind.enum)
    ? values.flatMap((value): (string | true)[] => (value === true ? [value] : value.split(',')))
    : values;
  return single.map((value) => readValue(value, { ...reading, kinds: items }));
}

function readValue(value: string | true, reading: Reading): unknown {
  const { kinds, name, terminal } = reading;
  const is = (type: string) => kinds.some((kind) => kind.type === type);
  if (value === true) {
    if (is('boolean')) return true;
    throw new UsageError(terminal.speech.say('wrong.no-value', { option: `--${name}` }));
  }
  if (value === 'null' && is('null')) return null;
  if (kinds.some(({ contentEncoding }) => contentEncoding !== undefined)) return readPicture(value, terminal);
  if (is('object') && !is('string')) return readJson(value, reading);
  if (is('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  if ((is('number') || is('integer')) && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (is('string') || kinds.every(({ type }) => type === undefined)) return value;
  throw new UsageError(terminal.speech.say('wrong.value', { option: `--${name}`, value }));
}

function readJson(text: string, { name, terminal }: Reading): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(terminal.speech.say('wrong.value', { option: `--${name}`, value: text }));
  }
}

const mimes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
};

/** A file to send, by its name as the person wrote it. */
export function readPicture(name: string, { folder, speech }: Terminal): File {
  try {
    const type = mimes[path.extname(name).toLowerCase()] ?? 'application/octet-stream';
    return new File([readFileSync(path.resolve(folder, name))], path.basename(name), { type });
  } catch {
    throw new UsageError(speech.say('wrong.file', { file: name }));
  }
}
