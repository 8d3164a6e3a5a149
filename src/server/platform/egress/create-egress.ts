import { setGlobalDispatcher } from 'undici';
import type { Http } from '#connectors/kit/http.ts';
import { createConnectorHttp } from './create-connector-http.ts';
import type { EgressAnswer, EgressRequest } from './egress-request.ts';
import { exchange } from './exchange.ts';
import { followRedirects } from './follow-redirects.ts';
import { createAddressJudge } from './judge-address.ts';
import { makeGuardedAgent, type Resolve, resolveBySystem } from './make-guarded-agent.ts';

export interface EgressOptions {
  /** CIDR ranges that may be called although they are private, on any port. */
  allowedRanges?: readonly string[];
  /** Whether public addresses may be called; when false only the allowed ranges are. */
  reachesPublic?: boolean;
  /** `host` or `host:port` of the operator's own servers (S3); reached only by a request with `toNamedHost`. */
  namedHosts?: readonly string[];
  /** Ports that may be called at public addresses; 80 and 443 when absent. */
  ports?: readonly number[];
  /** Time to connect in ms; 10 000 when absent. */
  connectTimeoutMs?: number;
  resolve?: Resolve;
  /** Told of every exchange: who made it, and a status class or why there was no answer. */
  onExchange?: (by: 'connectors' | 'pages', outcome: string) => void;
}

/** The one way out of the process. */
export interface Egress {
  fetch(url: string | URL, request?: EgressRequest): Promise<EgressAnswer>;
  /** What connectors are given. */
  http: Http;
  /** Makes this the dispatcher of the process, so that `fetch` and WebSockets of any library go through it. */
  installGlobally(): void;
  /** Ends open connections. */
  close(): Promise<void>;
}

type Outcome = { kind: 'answered'; status: number } | { kind: 'egress-refused' | 'egress-failed'; reason: string };

/**
 * Makes the egress client. Every connection goes to an address that was judged a moment before: public, or in a range
 * that the operator allows. Without options it calls public addresses on ports 80 and 443 only.
 */
export function createEgress(options: EgressOptions = {}): Egress {
  const guard = {
    judge: createAddressJudge(options.allowedRanges ?? [], { reachesPublic: options.reachesPublic ?? true }),
    ports: options.ports ?? [80, 443],
    resolve: options.resolve ?? resolveBySystem,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    maxBodyBytes: 64 * 1024 * 1024,
  };
  const agent = makeGuardedAgent({ ...guard, namedHosts: [] });
  // A pool of its own, so that no other request is ever given a connection to a named host.
  const namedAgent = makeGuardedAgent({ ...guard, namedHosts: options.namedHosts ?? [] });
  const tell = <A extends Outcome>(by: 'connectors' | 'pages', answer: A): A => {
    options.onExchange?.(by, answer.kind === 'answered' ? `${Math.floor(answer.status / 100)}xx` : answer.reason);
    return answer;
  };
  return {
    fetch: async (url, request = {}) =>
      tell('pages', await followRedirects(request.toNamedHost ? namedAgent : agent, url, request)),
    http: createConnectorHttp(async (request) => tell('connectors', await exchange(agent, request))),
    installGlobally: () => setGlobalDispatcher(agent),
    close: async () => {
      await Promise.all([agent.destroy(), namedAgent.destroy()]);
    },
  };
}
