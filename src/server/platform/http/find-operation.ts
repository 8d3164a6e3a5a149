import { z } from 'zod';
import { contract } from '#contract/index.ts';
import type { OperationName } from '#contract/operations.ts';

/** What is known of an operation before it is called. */
export interface Operation {
  name: OperationName;
  method: string;
  /** Names of the ids in its address, in order. */
  addressIds: string[];
  /** Whether a file stands in its input. */
  takesFile: boolean;
}

/** The operation at this method and path, or null: known before anybody is asked who they are. */
export function findOperation(method: string, pathname: string): Operation | null {
  const path = pathname.replace(/\/$/, '');
  return patterns.find((pattern) => pattern.method === method && pattern.path.test(path)) ?? null;
}

/** One operation by its name. */
export function getOperation(name: OperationName): Operation {
  const operation = patterns.find((pattern) => pattern.name === name);
  if (!operation) throw new Error(`The contract has no operation ${name}.`);
  return operation;
}

/** What stands in an address in the place of an id of its operation. */
export function readAddressId(name: OperationName, pathname: string, id: string): string | undefined {
  const pattern = patterns.find((each) => each.name === name);
  const place = pattern?.addressIds.indexOf(id) ?? -1;
  return place < 0 ? undefined : pattern?.path.exec(pathname.replace(/\/$/, ''))?.[place + 1];
}

type Routed = { '~orpc': { route: { method?: string; path?: string }; inputSchema?: unknown } };

const patterns: (Operation & { path: RegExp })[] = Object.entries(contract)
  .flatMap(([group, operations]) =>
    Object.entries(operations as Record<string, Routed>).map(
      ([
        verb,
        {
          '~orpc': { route, inputSchema },
        },
      ]) => ({
        name: `${group}.${verb}` as OperationName,
        method: route.method ?? 'POST',
        takesFile:
          inputSchema instanceof z.ZodObject &&
          Object.values(inputSchema.shape).some((field) => field instanceof z.ZodFile),
        addressIds: [...(route.path ?? '').matchAll(/\{(\w+)\}/g)].map(([, id = '']) => id),
        path: new RegExp(`^/api${(route.path ?? '').replace(/\{\w+\}/g, '([^/]+)')}$`),
      }),
    ),
  )
  // A word in an address goes before an id in its place.
  .sort((a, b) => a.addressIds.length - b.addressIds.length);
