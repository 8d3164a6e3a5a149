import { type AnyContractRouter, minifyContractRouter } from '@orpc/contract';
import type { Plugin } from 'vite';
import { scopes } from '../contract/api-keys.ts';
import { ownActs, unrecorded } from '../contract/audit.ts';
import { channelStates } from '../contract/channels.ts';
import { deliveryStates } from '../contract/deliveries.ts';
import { misbehaviours } from '../contract/demo.ts';
import { contract } from '../contract/index.ts';
import { engagementParts, metrics } from '../contract/metrics.ts';
import { pillars } from '../contract/posts.ts';
import { languages, roles } from '../contract/terms.ts';

const id = 'virtual:contract';

/**
 * A Vite plugin that gives the browser `virtual:contract`: the addresses of all operations and the contract's closed
 * lists, as plain values computed while building, so that the schema library stays out of what a visitor downloads.
 */
export function serveContract(): Plugin {
  return {
    name: 'serve-contract',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => (source === `\0${id}` ? writeModule() : null),
  };
}

function writeModule(): string {
  const values = {
    router: JSON.parse(JSON.stringify(minifyContractRouter(contract as AnyContractRouter), dropTalk)),
    metrics,
    engagementParts,
    languages,
    roles,
    scopes,
    ownActs,
    unrecorded,
    pillars,
    channelStates,
    deliveryStates,
    misbehaviours,
  };
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
}

/** Summaries and the like are for readers of the API's description. */
const dropTalk = (key: string, value: unknown): unknown =>
  ['summary', 'description', 'tags', 'successStatus', 'successDescription'].includes(key) && typeof value !== 'object'
    ? undefined
    : value;
