import type { IncomingHttpHeaders } from 'node:http';
import type { Network } from '../network.ts';
import type { Work } from '../open-posts.ts';

/** One call, read as far as every route needs it. */
export interface Ask {
  network: Network;
  /** Origin by which the network was called. */
  origin: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  json: unknown;
  /** Set when an order makes the network work on a post for a while. */
  work: Work | null;
  /** Set when an order makes the line break in the middle of a part: half of it arrives. */
  isCut: boolean;
}
