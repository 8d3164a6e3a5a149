import { z } from 'zod';
import { contract } from '#contract/index.ts';
import { keyScopes } from '#contract/key-scopes.ts';
import type { OperationName } from '#contract/operations.ts';
import type { Schema } from './schema.ts';

/** One operation as a command. */
export interface Command {
  operation: OperationName;
  /** In the contract's spelling. */
  group: string;
  verb: string;
  /** As it is typed: `api-keys create`. */
  name: string;
  summary: string;
  method: string;
  /** What stands in the address besides the workspace: given as words behind the command. */
  places: string[];
  /** Whether it happens in a workspace. */
  inWorkspace: boolean;
  /** What a key needs for it; null: only a person who is signed in may. */
  scope: string | null;
  /** What it takes. */
  input(): Schema;
}

interface Described {
  '~orpc': { route: { method?: string; path?: string; summary?: string }; inputSchema?: z.ZodType };
}

/** Every operation of the contract, in the contract's order. */
export function listCommands(): Command[] {
  return Object.entries(contract).flatMap(([group, operations]) =>
    Object.entries(operations as Record<string, Described>).map(
      ([
        verb,
        {
          '~orpc': { route, inputSchema },
        },
      ]) => {
        const operation = `${group}.${verb}` as OperationName;
        const inAddress = [...(route.path ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
        return {
          operation,
          group,
          verb,
          name: `${toKebab(group)} ${toKebab(verb)}`,
          summary: route.summary ?? '',
          method: route.method ?? 'POST',
          places: inAddress.filter((name) => name !== 'workspaceId'),
          inWorkspace: inAddress.includes('workspaceId'),
          scope: keyScopes[operation],
          input: () =>
            inputSchema
              ? (z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema)
              : { type: 'object', properties: {} },
        };
      },
    ),
  );
}

/** `deadlineOn` as it is typed: `deadline-on`. */
export const toKebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** And back. */
export const toCamel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
