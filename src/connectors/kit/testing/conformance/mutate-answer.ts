import type { Json } from '../../contract.ts';

/** A JSON value of any depth, or one that is left out. */
type Value = Json | undefined;

/**
 * What can be wrong with the types of an answer: something else altogether, every value of another type, and each value
 * alone (the first `atMost` of them). `isWhole`: nothing of what was asked for is left in it.
 */
export function wrongTypes(body: string, atMost: number): { name: string; body: string; isWhole: boolean }[] {
  const others = ['null', '[]', '7', 'true', '"words"', '{}', '[null]', '<!doctype html><p>Hello</p>', ''];
  const whole = others.map((other) => ({ name: `in place of it ${other || 'nothing'}`, body: other, isWhole: true }));
  const read = parse(body);
  if (read === undefined) return whole;
  const leaves = pathsOf(read);
  const all = leaves.reduce<Value>((value, path) => replaceAt(value, path, otherType), read);
  return [
    ...whole,
    { name: 'every value of another type', body: JSON.stringify(all), isWhole: leaves.length > 0 },
    ...leaves.slice(0, atMost).map((path) => ({
      name: `another type at ${path.join('.')}`,
      body: JSON.stringify(replaceAt(read, path, otherType)),
      isWhole: false,
    })),
  ];
}

/** The answer with brackets a hundred thousand deep: as all of it, and in place of each value. */
export function deepNesting(body: string, depth = 100_000): { name: string; body: string; isWhole: boolean }[] {
  const lists = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const objects = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const whole = [
    { name: 'lists', body: lists, isWhole: true },
    { name: 'objects', body: objects, isWhole: true },
  ];
  const read = parse(body);
  if (read === undefined) return whole;
  const mark = '\u0001deep\u0001';
  const leaves = pathsOf(read);
  const marked = JSON.stringify(leaves.reduce<Value>((value, path) => replaceAt(value, path, () => mark), read));
  const within = marked.replaceAll(JSON.stringify(mark), objects.slice(0, 5 * 2_000) + 1 + '}'.repeat(2_000));
  return [...whole, { name: 'in every value', body: within, isWhole: leaves.length > 0 }];
}

/** The answer without its numbers in all the ways in which a network may fail to give one. */
export function withoutNumbers(body: string): { name: string; body: string }[] {
  const read = parse(body);
  if (read === undefined) return [];
  const numbers = pathsOf(read).filter((path) => typeof valueAt(read, path) === 'number');
  const each = (name: string, change: (value: Value) => Value) => ({
    name,
    body: JSON.stringify(numbers.reduce<Value>((value, path) => replaceAt(value, path, change), read)),
  });
  return [
    each('left out', () => undefined),
    each('null', () => null),
    each('words', () => 'n/a'),
    each('negative', () => -1),
    each('broken', () => 1.5),
    each('a number in quotation marks', () => '0'),
    each('an error in their place', () => ({ error: 'InternalServerError' })),
  ];
}

/** The value as JSON, or undefined. */
export function parse(body: string): Value {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

const otherType = (value: Value): Value => (typeof value === 'string' ? 7 : typeof value === 'number' ? 'x' : 'wrong');

const isObject = (value: Value): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null;

function pathsOf(value: Value, path: string[] = []): string[][] {
  if (!isObject(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]));
}

const valueAt = (value: Value, path: string[]): Value =>
  path.reduce<Value>(
    (inner, key) => (isObject(inner) ? Object.entries(inner).find(([name]) => name === key)?.[1] : undefined),
    value,
  );

function replaceAt(value: Value, path: string[], change: (value: Value) => Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (!isObject(value)) return value;
  if (Array.isArray(value)) {
    return value.map((item, at) => (String(at) === key ? (replaceAt(item, rest, change) ?? null) : item));
  }
  const { [key]: old, ...others } = value;
  const next = replaceAt(old, rest, change);
  return next === undefined ? others : { ...others, [key]: next };
}
