import { randomUUID } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { type Contract, contract } from '#contract/index.ts';
import type { RefusalBody } from '#contract/refusals.ts';
import { RefusedError, UnreachableError } from './failures.ts';
import type { Speech } from './speech.ts';

export type Client = JsonifiedClient<ContractRouterClient<Contract>>;

/** An answer as it came, letter by letter, and read. */
export interface Answer {
  text: string;
  body: unknown;
}

/** One Goalpost, spoken to by one key. */
export interface Server {
  /** Its address, without a slash at the end. */
  address: string;
  /** Typed calls, beside the one that was asked for. A refusal is thrown as `RefusedError`. */
  client: Client;
  /** Whether there is an operation of this name. */
  has(group: string, verb: string): boolean;
  /** The same as `client` by name, with the answer as it came. */
  call(group: string, verb: string, input: unknown): Promise<Answer>;
}

export interface ServerOptions {
  address: string;
  /** How the caller is known: a key, or what sign-in gave. */
  headers: Record<string, string>;
  /** For the `call` that changes something; a new one for each call unless given. */
  idempotencyKey?: string;
  speech: Speech;
  version: string;
}

const ANSWER_WITHIN_MS = 120_000;

/** Speaks to a server through the contract's own client. */
export function openServer(options: ServerOptions): Server {
  const { address, headers, speech, version } = options;
  let answer: Answer | null = null;
  let idempotencyKey = '';
  const link = new OpenAPILink(contract, {
    url: `${address}/api`,
    headers: () => ({
      ...headers,
      'accept-language': speech.language,
      'idempotency-key': idempotencyKey,
      'user-agent': `goalpost/${version}`,
    }),
    fetch: async (request) => {
      const response = await ask(options, request);
      answer = await readAnswer(options, response.clone());
      return response;
    },
  });
  const loose = createORPCClient(link) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  const send = async (group: string, verb: string, input: unknown, key: string | undefined): Promise<Answer> => {
    answer = null;
    idempotencyKey = key ?? randomUUID();
    const verbs = loose[group];
    if (!verbs?.[verb]) throw new Error(`There is no operation ${group}.${verb}.`);
    try {
      await verbs[verb](input);
    } catch (thrown) {
      if (thrown instanceof UnreachableError || thrown instanceof RefusedError || answer === null) throw thrown;
    }
    return answer ?? { text: '', body: null };
  };
  const has: Server['has'] = (group, verb) => Object.hasOwn((contract as Record<string, object>)[group] ?? {}, verb);
  const call: Server['call'] = (group, verb, input) => send(group, verb, input, options.idempotencyKey);
  const nextKey = countKeys(options.idempotencyKey);
  const client = new Proxy({} as Client, {
    get: (_, group: string) =>
      new Proxy(
        {},
        {
          get: (__, verb: string) => async (input: unknown) =>
            (await send(group, verb, input, nextKey(`${group}.${verb}`))).body,
        },
      ),
  });
  return { address, client, has, call };
}

/** Keys of the calls that are made beside the one that was asked for: the same ones when it is asked for again. */
function countKeys(key: string | undefined): (operation: string) => string | undefined {
  const counts = new Map<string, number>();
  return (operation) => {
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    return key === undefined ? undefined : `${key}/${operation}/${count}`;
  };
}

async function ask(options: ServerOptions, request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), redirect: 'error' });
  } catch (error) {
    throw unreachable(options, error);
  }
}

function unreachable({ address, speech }: ServerOptions, error: unknown): UnreachableError {
  const reason = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : '';
  return new UnreachableError(speech.say('wrong.unreachable', { server: address, reason }), { cause: error });
}

/** Reads an answer; throws the refusal it is, or `UnreachableError` when it is no answer of Goalpost's. */
async function readAnswer(options: ServerOptions, response: Response): Promise<Answer> {
  const { address, speech } = options;
  const text = await response.text().catch((error: unknown) => {
    throw unreachable(options, error);
  });
  let body: unknown;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    throw new UnreachableError(speech.say('wrong.not-goalpost', { server: address, status: response.status }));
  }
  if (response.ok) return { text, body };
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body)
    throw new RefusedError(body as RefusalBody, text);
  throw new UnreachableError(speech.say('wrong.not-goalpost', { server: address, status: response.status }));
}

/** One of the addresses of sign-in. Gives the cookies it set; throws as calls do. */
export async function askSignIn(
  options: ServerOptions,
  path: string,
  body: unknown,
): Promise<{ answer: Answer; cookie: string }> {
  const response = await ask(
    options,
    new Request(`${options.address}/api/auth/${path}`, {
      method: 'POST',
      headers: { ...options.headers, 'content-type': 'application/json', 'accept-language': options.speech.language },
      body: JSON.stringify(body),
    }),
  );
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return { answer: await readAnswer(options, response), cookie };
}
