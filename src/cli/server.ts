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
  /** Typed calls. A refusal is thrown as `RefusedError`. */
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
  /** For what changes something; a new one for each call unless given. */
  idempotencyKey?: string;
  speech: Speech;
  version: string;
}

const ANSWER_WITHIN_MS = 120_000;

/** Speaks to a server through the contract's own client. */
export function openServer(options: ServerOptions): Server {
  const { address, headers, speech, version } = options;
  let answer: Answer | null = null;
  const link = new OpenAPILink(contract, {
    url: `${address}/api`,
    headers: () => ({
      ...headers,
      'accept-language': speech.language,
      'idempotency-key': options.idempotencyKey ?? randomUUID(),
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
  const call: Server['call'] = async (group, verb, input) => {
    answer = null;
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
  const client = new Proxy({} as Client, {
    get: (_, group: string) =>
      new Proxy({}, { get: (__, verb: string) => async (input: unknown) => (await call(group, verb, input)).body }),
  });
  return { address, client, has, call };
}

async function ask({ address, speech }: ServerOptions, request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), redirect: 'error' });
  } catch (error) {
    const reason = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : '';
    throw new UnreachableError(speech.say('wrong.unreachable', { server: address, reason }), { cause: error });
  }
}

/** Reads an answer; throws the refusal it is, or `UnreachableError` when it is no answer of Goalpost's. */
async function readAnswer({ address, speech }: ServerOptions, response: Response): Promise<Answer> {
  const text = await response.text();
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
