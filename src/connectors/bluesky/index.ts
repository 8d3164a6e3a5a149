import type { Connector } from '../kit/contract.ts';
import { auth } from './auth.ts';
import { insights } from './insights.ts';
import { manifest } from './manifest.ts';
import { publish } from './publish.ts';

/** Bluesky, and every other account server of the AT Protocol. */
export const bluesky = { manifest, auth, publish, insights } satisfies Connector;
