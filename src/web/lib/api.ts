import { router } from 'virtual:contract';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '#contract/index.ts';
import { decodeRefusal, wasAnswered } from './failure.ts';
import { forgetKey, keyFor } from './idempotency.ts';

/** What a caller may say about one call: a key of its own, when the call must stay the same beyond this page. */
interface CallContext {
  key?: string;
}

const link = new OpenAPILink<CallContext>(router, {
  url: () => `${window.location.origin}/api`,
  headers: ({ context }, path, input) =>
    isRead(path) ? {} : { 'idempotency-key': context.key ?? keyFor(path.join('.'), input) },
  interceptors: [
    async ({ next, path, input }) => {
      try {
        const answer = await next();
        forgetKey(path.join('.'), input);
        return answer;
      } catch (error) {
        if (wasAnswered(error)) forgetKey(path.join('.'), input);
        throw error;
      }
    },
  ],
  // Our refusals carry no `defined` flag, without which the client's own decoder takes them for garbage.
  customErrorResponseBodyDecoder: (body, response) => decodeRefusal(body, response.status),
});

/** Calls every operation of the contract: `client.goals.list({ workspaceId })`. */
export const client: ContractRouterClient<Contract, CallContext> = createORPCClient(link);

/** The same operations as queries and mutations: `api.goals.list.queryOptions({ input })`. */
export const api = createTanstackQueryUtils(client);

const routes = router as unknown as Record<string, Record<string, { '~orpc': { route: { method?: string } } }>>;

function isRead(path: readonly string[]): boolean {
  const [group = '', operation = ''] = path;
  return routes[group]?.[operation]?.['~orpc'].route.method === 'GET';
}
