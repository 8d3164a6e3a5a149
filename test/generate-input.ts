import { z } from 'zod';

interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  minLength?: number;
}

/** One way down to an id in an input: property names, `[]` for a list's item, `|2` for the third of several shapes. */
export type IdPath = readonly string[];

/** Values of an input's fields that only a test knows. */
export interface KnownValues {
  /** The value of an id field such as `goalId`; `isWanted` for the one that `wanted` leads to. */
  id(name: string, isWanted: boolean): string;
  /** The value of another field, or undefined to make one up. */
  field(name: string): unknown;
}

const describe = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Schema;

/** Every id that an operation's input can hold, its workspace apart. */
export function listIdPaths(schema: z.ZodType): IdPath[] {
  return walk(describe(schema), '', []).filter(([first]) => first !== 'workspaceId');
}

function walk(schema: Schema, name: string, path: IdPath): IdPath[] {
  const shapes = schema.anyOf ?? schema.oneOf;
  if (shapes) return shapes.flatMap((shape, i) => walk(shape, name, [...path, `|${i}`]));
  if (schema.type === 'array' && schema.items) return walk(schema.items, name.replace(/Ids$/, 'Id'), [...path, '[]']);
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([key, each]) => walk(each, key, [...path, key]));
  return isId(schema, name) ? [path] : [];
}

const isId = (schema: Schema, name: string) =>
  schema.type === 'string' && (schema.format === 'uuid' || /Id$/.test(name));

/** The field that a path leads to, as its values are known: `channelId` for `scope.channelIds.0`. */
export const idName = (path: IdPath): string =>
  (path.findLast((step) => step !== '[]' && !step.startsWith('|')) ?? '').replace(/Ids$/, 'Id');

/**
 * A valid input: required fields, and whatever lies on the way to `wanted`. Throws when it does not know how to make
 * one: an operation that cannot be called by the test is not guarded by it.
 */
export function generateInput(schema: z.ZodType, known: KnownValues, wanted: IdPath = []): Record<string, unknown> {
  const input = make(describe(schema), '', wanted, wanted.length > 0, known) as Record<string, unknown>;
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new Error(`No valid input could be made: ${parsed.error.message}`);
  return input;
}

function make(schema: Schema, name: string, way: IdPath, onWay: boolean, known: KnownValues): unknown {
  const [step, ...rest] = way;
  const shapes = schema.anyOf ?? schema.oneOf;
  if (shapes) {
    const chosen =
      onWay && step?.startsWith('|') ? shapes[Number(step.slice(1))] : shapes.find((s) => s.type !== 'null');
    if (!chosen) throw new Error(`${name} has no shape`);
    return make(chosen, name, onWay ? rest : [], onWay, known);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (isId(schema, name)) return known.id(name, onWay);
  const given = known.field(name);
  if (given !== undefined) return given;
  if (schema.type === 'object') return makeObject(schema, step, rest, onWay, known);
  if (schema.type === 'array') {
    const count = onWay && step === '[]' ? 1 : (schema.minItems ?? 0);
    const item = schema.items;
    if (!item) throw new Error(`${name} is a list of nothing known`);
    return Array.from({ length: count }, () => make(item, name.replace(/Ids$/, 'Id'), rest, onWay, known));
  }
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'string') return makeText(schema, name);
  throw new Error(`${name} is of a kind the test cannot make: ${JSON.stringify(schema)}`);
}

function makeObject(
  schema: Schema,
  step: string | undefined,
  rest: IdPath,
  onWay: boolean,
  known: KnownValues,
): unknown {
  const made: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(schema.properties ?? {})) {
    const isStep = onWay && key === step;
    if (isStep || schema.required?.includes(key)) made[key] = make(each, key, isStep ? rest : [], isStep, known);
  }
  return made;
}

/** Texts that some pattern of the contract asks for. */
const candidates = ['2031-05-06T10:30', '2031-05-06', 'en', 'made-up-name'];
const formats: Record<string, string> = {
  'date-time': '2031-05-06T10:30:00Z',
  date: '2031-05-06',
  email: 'someone@made.example',
  uri: 'https://made.example/',
};

function makeText(schema: Schema, name: string): unknown {
  if (schema.format === 'binary') return new File([PIXEL], 'pixel.png', { type: 'image/png' });
  if (schema.format) {
    const text = formats[schema.format];
    if (text !== undefined) return text;
    throw new Error(`${name} has a format the test cannot make: ${schema.format}`);
  }
  const { pattern } = schema;
  if (pattern === undefined) return `Made up ${name}`.padEnd(schema.minLength ?? 0, '.');
  const text = candidates.find((each) => new RegExp(pattern).test(each));
  if (text !== undefined) return text;
  throw new Error(`${name} has a pattern the test cannot make: ${pattern}`);
}

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
