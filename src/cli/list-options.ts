import { type Command, toKebab } from './list-commands.ts';
import { listFieldOptions, type Schema } from './schema.ts';
import { findShorthands } from './shorthands.ts';

/** An option of a command, as help shows it. */
export interface CommandOption {
  name: string;
  takes: string;
  required: boolean;
  repeats: boolean;
  default?: unknown;
  /** The text that explains it, under `shorthand`; null for a plain field. */
  explained: string | null;
}

/** Options that every command of the API takes. */
export const commonOptions = ['json', 'server', 'workspace', 'input', 'idempotency-key', 'help'] as const;

/** Commands that can wait for the end of what they begin. */
export const canWait = ({ operation }: Command): boolean =>
  operation === 'posts.schedule' || operation === 'posts.publishNow';

/** A list that comes in pages. */
export const hasPages = (schema: Schema): boolean => schema.properties?.['cursor'] !== undefined;

/** What a command takes besides its words: shorthands first, then every field. */
export function listOptions(command: Command): CommandOption[] {
  const schema = command.input();
  const short = findShorthands(command.operation)?.options ?? [];
  const inWords = new Set(['workspaceId', ...command.places].map(toKebab));
  const fields = listFieldOptions(schema, toKebab).filter(({ name }) => !inWords.has(name));
  return [
    ...short.map(({ name, takes, repeats = false }) => ({
      name,
      takes,
      repeats,
      required: false,
      explained: `shorthand.${name}`,
    })),
    ...(hasPages(schema) ? [flag('all')] : []),
    ...(canWait(command) ? [flag('wait')] : []),
    ...fields.map(({ kind, ...field }) => ({
      ...field,
      takes: kind,
      // Filled in from what stands there now.
      required: field.required && field.name !== 'revision',
      explained: field.name === 'revision' ? 'shorthand.revision' : null,
    })),
  ];
}

const flag = (name: string): CommandOption => ({
  name,
  takes: '',
  required: false,
  repeats: false,
  explained: `shorthand.${name}`,
});
