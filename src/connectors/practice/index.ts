import type { Connector } from '../kit/contract.ts';
import { auth } from './auth.ts';
import { insights } from './insights.ts';
import { manifest } from './manifest.ts';
import { publish } from './publish.ts';

/** The practice network that comes with Goalpost. */
export const practice = { manifest, auth, publish, insights } satisfies Connector;
