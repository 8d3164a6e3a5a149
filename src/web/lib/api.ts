import { router } from 'virtual:contract';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '#contract/index.ts';
import { takeAhead } from './ahead.ts';
import { decodeRefusal, isRefused, wasAnswered } from './failure.ts';
import { forgetKey, keyFor } from './idempotency.ts';
import { dropAnswer, findAnswer, keepAnswer } from './kept-reading.ts';
import { spoken } from './languages.ts';
import { askLine, noteAnswered } from './line.ts';

/** What a caller may say about one call: a key of its own, when the call must stay the same beyond this page. */
interface CallContext {
  key?: string;
}

const link = new OpenAPILink<CallContext>(router, {
  url: () => `${window.location.origin}/api`,
  fetch: (request, init) => askedAhead(request) ?? fetch(request, init),
  headers: ({ context }, path, input) =>
    isRead(path)
      ? { 'accept-language': spoken() }
      : { 'accept-language': spoken(), 'idempotency-key': context.key ?? keyFor(path.join('.'), input) },
  interceptors: [
    async ({ next, path, input, signal }) => {
      const operation = path.join('.');
      try {
        const answer = await next();
        forgetKey(operation, input);
        noteAnswered();
        keepAnswer(operation, input, answer);
        return answer;
      } catch (error) {
        if (!wasAnswered(error) && !signal?.aborted && !(await askLine()) && isRead(path)) {
          const kept = await findAnswer(operation, input);
          if (kept) return kept.answer;
        }
        if (wasAnswered(error)) {
          forgetKey(operation, input);
          noteAnswered();
        }
        const isTurnedAway = isRefused(error, 'not-found') || isRefused(error, 'not-allowed');
        if (isTurnedAway) dropAnswer(operation, input);
        if (isTurnedAway && hasWorkspace(input)) for (const listen of listeners) listen();
        throw error;
      }
    },
  ],
  // Our refusals carry no `defined` flag, without which the client's own decoder takes them for garbage.
  customErrorResponseBodyDecoder: (body, response) => decodeRefusal(body, response.status),
});

function askedAhead({ method, url }: Request): Promise<Response> | undefined {
  const { pathname, search } = new URL(url);
  return method === 'GET' ? takeAhead(pathname + search) : undefined;
}

const listeners = new Set<() => void>();

/**
 * Tells when a call into a workspace was refused as `not-found` or `not-allowed`: what the person may see or do there
 * may have changed since it was last asked.
 */
export const onTurnedAway = (listen: () => void): void => void listeners.add(listen);

const hasWorkspace = (input: unknown): boolean => typeof input === 'object' && input !== null && 'workspaceId' in input;

/** Calls every operation of the contract: `client.goals.list({ workspaceId })`. */
export const client: ContractRouterClient<Contract, CallContext> = createORPCClient(link);

/** The same operations as queries and mutations: `api.goals.list.queryOptions({ input })`. */
export const api = createTanstackQueryUtils(client);

const routes = router as unknown as Record<string, Record<string, { '~orpc': { route: { method?: string } } }>>;

function isRead(path: readonly string[]): boolean {
  const [group = '', operation = ''] = path;
  return routes[group]?.[operation]?.['~orpc'].route.method === 'GET';
}
